package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.aws.NewRepository;
import io.github.imagedelivery.ecr.aws.NewRepository.Encryption;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.Dirty;
import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the parameters of a repository that is created. */
final class CreationParameters {
    private static final TagPattern OF_A_DIRTY_COPY = new TagPattern("*-dirty");

    private final ImageParameters raw;

    CreationParameters(ImageParameters raw) {
        this.raw = raw;
    }

    private enum Kind {
        AES256,
        KMS,
        KMS_DSSE
    }

    /** Returns how a missing repository is to be created; empty where it is not. */
    Optional<NewRepository> settings(CoordinateSettings coordinates) throws DeliveryException {
        return raw.createRepository
                ? Optional.of(new NewRepository(moving(coordinates), raw.scanOnPush, encryption(), tags()))
                : Optional.empty();
    }

    private Map<String, String> tags() throws DeliveryException {
        String property = "ecr.repositoryTags";
        Map<String, String> tags = Parameters.pairs(property, raw.repositoryTags, raw.repositoryTagList);
        for (String value : tags.values()) {
            requireResolved(property, value);
        }
        return tags;
    }

    private static void requireResolved(String property, String value) throws DeliveryException {
        if (!Parameters.isResolved(value)) {
            throw Parameters.unresolved(property, value);
        }
    }

    private static List<TagPattern> moving(CoordinateSettings coordinates) throws DeliveryException {
        List<TagPattern> moving = new ArrayList<>(coordinates.movingVersions());
        if (coordinates.dirty() == Dirty.SUFFIX) {
            moving.add(OF_A_DIRTY_COPY);
        }
        if (moving.size() > NewRepository.MOST_PATTERNS) {
            throw DeliveryException.ofUser(
                    "The repository cannot be created with so many moving versions; nothing was sent",
                    "they are " + moving + "; a repository of ECR takes " + NewRepository.MOST_PATTERNS
                            + " exclusion filters",
                    "name fewer patterns in ecr.movingVersions, or create the repository yourself");
        }
        return moving;
    }

    private Encryption encryption() throws DeliveryException {
        Kind kind = Choice.of("ecr.encryption", raw.encryption, Kind.AES256);
        Optional<String> key = Parameters.text(raw.kmsKey);
        if (key.isPresent() && kind == Kind.AES256) {
            throw DeliveryException.ofUser(
                    "ecr.kmsKey is set, but the repository is not to be encrypted with it",
                    "ecr.encryption is AES256",
                    "set ecr.encryption to KMS, or leave ecr.kmsKey out");
        }
        if (key.isPresent()) {
            requireResolved("ecr.kmsKey", key.get());
        }
        return new Encryption(kind.name(), key);
    }
}
