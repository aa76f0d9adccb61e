package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code BatchCheckLayerAvailability}, and {@code InitiateLayerUpload} as far as a client finds out whether it may. */
final class LayerOperations {
    private static final long PART = 10L << 20;

    private final Settings settings;
    private final Repositories repositories;

    LayerOperations(Settings settings, Repositories repositories) {
        this.settings = settings;
        this.repositories = repositories;
    }

    void addTo(Map<String, EcrApi.Operation> operations) {
        if (settings.layerAvailability()) {
            operations.put("BatchCheckLayerAvailability", this::check);
        }
        operations.put("InitiateLayerUpload", this::begin);
    }

    /** Layers come over the data plane: the id of this upload leads nowhere. */
    private Json begin(EcrApi.Request request) throws Refusal, IOException {
        repositories.forPush(request.parameters().text("repositoryName"));
        return Json.object()
                .with("uploadId", Json.of(UUID.randomUUID().toString()))
                .with("partSize", Json.of(PART));
    }

    private Json check(EcrApi.Request request) throws Refusal, IOException {
        Parameters parameters = request.parameters();
        RepositoryState repository = repositories.get(parameters.text("repositoryName"));
        List<Json> layers = new ArrayList<>();
        List<Json> failures = new ArrayList<>();
        for (Json item : parameters.batch("layerDigests")) {
            String digest = item.text().orElse("");
            try {
                layers.add(layer(repository, Digest.parse(digest)));
            } catch (FormatException e) {
                failures.add(Json.object()
                        .with("layerDigest", Json.of(digest))
                        .with("failureCode", Json.of("InvalidLayerDigest"))
                        .with("failureReason", Json.of("Invalid layer digest")));
            }
        }
        return Json.object().with("layers", Json.array(layers)).with("failures", Json.array(failures));
    }

    private static Json layer(RepositoryState repository, Digest digest) throws IOException {
        Json json = Json.object().with("layerDigest", Json.of(digest.toString()));
        if (!repository.hasBlob(digest)) {
            return json.with("layerAvailability", Json.of("UNAVAILABLE"));
        }
        return json.with("layerAvailability", Json.of("AVAILABLE"))
                .with("layerSize", Json.of(repository.blobSize(digest)))
                .with("mediaType", Json.of(MediaTypes.DOCKER_LAYER_GZIP));
    }
}
