package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.CoordinateSettings;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.Dirty;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.ExistingSha;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.PullRequests;
import io.github.imagedelivery.ecr.delivery.DeliveryException;

/** Reads the parameters that decide what an image is called. */
final class CoordinateParameters {
    private final ImageParameters raw;

    CoordinateParameters(ImageParameters raw) {
        this.raw = raw;
    }

    CoordinateSettings settings() throws DeliveryException {
        return new CoordinateSettings(
                Parameters.text(raw.registry).filter(host -> !host.equals(Parameters.LOCAL)),
                Parameters.text(raw.region),
                Parameters.text(raw.name),
                raw.project.getArtifactId(),
                Parameters.text(raw.sha),
                Parameters.text(raw.commitIdFull).or(() -> Parameters.text(raw.commitId)),
                Parameters.text(raw.version),
                Parameters.list(raw.additionalTags),
                raw.project.getVersion(),
                new PublishParameters(raw).movingVersions(),
                dirty(),
                existingSha(),
                pullRequests());
    }

    private PullRequests pullRequests() {
        if (Parameters.isLocal(raw)) {
            return PullRequests.ANY_COMMIT;
        }
        return raw.allowPullRequest ? PullRequests.HEAD_COMMIT : PullRequests.REFUSE;
    }

    ExistingSha existingSha() throws DeliveryException {
        return Choice.of("ecr.onExistingSha", raw.onExistingSha, ExistingSha.REFUSE);
    }

    Dirty dirty() throws DeliveryException {
        return Choice.of("ecr.dirty", raw.dirty, Parameters.isLocal(raw) ? Dirty.SUFFIX : Dirty.REFUSE);
    }
}
