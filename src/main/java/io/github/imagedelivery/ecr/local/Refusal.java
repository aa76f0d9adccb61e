package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Texts;
import java.util.Collection;

/** Thrown when a request is refused: status, error code and text in ECR's own words (codes of its control plane). */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    Refusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** Returns the message; never null. */
    String text() {
        return String.valueOf(getMessage());
    }

    static Refusal invalidParameter(String parameter, String constraint) {
        return new Refusal(
                400,
                "InvalidParameterException",
                "Invalid parameter at '" + parameter + "' failed to satisfy constraint: '" + constraint + "'");
    }

    /** What ECR says of any manifest that it does not like, syntax error or not. */
    static Refusal invalidManifest() {
        return invalidParameter("ImageManifest", "Invalid JSON syntax");
    }

    static Refusal repositoryNotFound(String repository, String account) {
        return new Refusal(
                400,
                "RepositoryNotFoundException",
                "The repository with name '" + Texts.shown(repository) + "' does not exist in the registry with id '"
                        + Texts.shown(account) + "'");
    }

    static Refusal imageAlreadyExists(Digest digest, String tag, Place place) {
        return new Refusal(
                400,
                "ImageAlreadyExistsException",
                "Image with digest '" + digest + "' and tag '" + tag + "' already exists in " + place);
    }

    static Refusal missingContent(boolean images, Collection<Digest> digests, Place place) {
        return new Refusal(
                400,
                images ? "ReferencedImagesNotFoundException" : "LayersNotFoundException",
                (images ? "Images" : "Layers") + " with digests '" + digests + "' required for pushing image into "
                        + place.shortly() + " do not exist");
    }

    /** A repository as ECR's texts name it. */
    record Place(String repository, String account) {
        /** With the article that most texts have. */
        @Override
        public String toString() {
            return "the repository with name '" + repository + "' in registry with id '" + account + "'";
        }

        String shortly() {
            return "repository with name '" + repository + "' in the registry with id '" + account + "'";
        }
    }
}
