package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr;
import io.github.imagedelivery.ecr.aws.RepositoryDescription;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Manifest;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.Map;

/** Asks ECR, in two requests and before anything is built, whether the image can be published at all. */
final class Preflight {
    private final EcrSource source;
    private final EcrStore.Shared shared;

    Preflight(EcrSource source, EcrStore.Shared shared) {
        this.source = source;
        this.shared = shared;
    }

    /** Reads the repository and both tags. */
    Access open(Coordinates target, Exchange.Listener listener) throws DeliveryException {
        try {
            Ecr ecr = source.open(target.registry().value(), target.region(), listener);
            RepositoryDescription repository = describe(ecr, target.repository().value());
            Map<Tag, Manifest> before = ecr.images(repository.name(), target.tags());
            EcrStore store = new EcrStore(ecr, repository, shared, listener);
            return new Access(repository, before, store, store);
        } catch (AwsException e) {
            throw Explanations.ofPreflight(e, target);
        }
    }

    /** Returns the access that an image was staged with; asks nothing. */
    Access reopen(StagedFile staged, Exchange.Listener listener) throws DeliveryException {
        Coordinates target = staged.coordinates();
        try {
            Ecr ecr = source.open(target.registry().value(), target.region(), listener);
            EcrStore store = new EcrStore(ecr, staged.repository(), shared, listener);
            return new Access(staged.repository(), staged.before(), store, store);
        } catch (AwsException e) {
            throw Explanations.of("Nothing was tagged: ECR cannot be used", e, target);
        }
    }

    private RepositoryDescription describe(Ecr ecr, RepositoryName name) throws AwsException {
        try {
            return ecr.describe(name);
        } catch (AwsException e) {
            if (e.code().equals("RepositoryNotFoundException") && source.create(name)) {
                return ecr.describe(name);
            }
            throw e;
        }
    }
}
