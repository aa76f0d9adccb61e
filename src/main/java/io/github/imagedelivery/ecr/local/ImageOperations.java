package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Json;
import io.github.imagedelivery.ecr.oci.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations on images: put, read, describe, list and delete. */
final class ImageOperations {
    private final Settings settings;
    private final Repositories repositories;

    ImageOperations(Settings settings, Repositories repositories) {
        this.settings = settings;
        this.repositories = repositories;
    }

    void addTo(Map<String, EcrApi.Operation> operations) {
        operations.put("PutImage", this::put);
        operations.put("BatchGetImage", this::batchGet);
        operations.put("BatchDeleteImage", this::batchDelete);
        operations.put("DescribeImages", this::describe);
        operations.put("ListImages", this::list);
    }

    private Json put(EcrApi.Request request) throws Refusal, IOException {
        Parameters parameters = request.parameters();
        RepositoryState repository = repositories.forPush(name(parameters));
        Optional<String> tag = parameters.optional("imageTag");
        Manifest manifest = Manifests.parse(
                parameters.text("imageManifest").getBytes(StandardCharsets.UTF_8),
                parameters.optional("imageManifestMediaType").orElse(""));
        Manifests.requireTag(tag);
        Manifests.requireDigest(manifest, parameters.optional("imageDigest"), repository.place());
        Image image = repository.put(manifest, tag);
        return Json.object().with("image", image(repository, ImageId.of(tag, image.digest()), manifest));
    }

    private String name(Parameters parameters) throws Refusal {
        String name = parameters.text("repositoryName");
        String registry = parameters.optional("registryId").orElse(settings.account());
        if (!registry.equals(settings.account())) {
            throw Refusal.repositoryNotFound(name, registry);
        }
        return name;
    }

    private Json batchGet(EcrApi.Request request) throws Refusal {
        Parameters parameters = request.parameters();
        RepositoryState repository = repositories.get(name(parameters));
        List<String> accepted = parameters.texts("acceptedMediaTypes");
        List<Json> images = new ArrayList<>();
        List<Json> failures = new ArrayList<>();
        for (Json item : parameters.batch("imageIds")) {
            ImageId id = ImageId.of(item);
            try {
                Manifest stored = repository.find(id).manifest();
                Manifest served = id.digest().isPresent() ? stored : Conversion.toAccepted(stored, accepted);
                images.add(image(repository, ImageId.of(id.tag(), served.digest()), served));
            } catch (ImageFailure e) {
                failures.add(e.toJson());
            }
        }
        return Json.object().with("images", Json.array(images)).with("failures", Json.array(failures));
    }

    private Json image(RepositoryState repository, ImageId id, Manifest manifest) {
        return Json.object()
                .with("registryId", Json.of(settings.account()))
                .with("repositoryName", Json.of(repository.name()))
                .with("imageId", id.toJson())
                .with("imageManifest", Json.of(new String(manifest.bytes(), StandardCharsets.UTF_8)))
                .with("imageManifestMediaType", Json.of(manifest.mediaType()));
    }

    private Json batchDelete(EcrApi.Request request) throws Refusal, IOException {
        Parameters parameters = request.parameters();
        RepositoryState repository = repositories.get(name(parameters));
        List<Json> deleted = new ArrayList<>();
        List<Json> failures = new ArrayList<>();
        for (Json item : parameters.batch("imageIds")) {
            try {
                repository.delete(ImageId.of(item)).forEach(id -> deleted.add(id.toJson()));
            } catch (ImageFailure e) {
                failures.add(e.toJson());
            }
        }
        return Json.object().with("imageIds", Json.array(deleted)).with("failures", Json.array(failures));
    }

    private Json describe(EcrApi.Request request) throws Refusal {
        Parameters parameters = request.parameters();
        RepositoryState repository = repositories.get(name(parameters));
        List<Image> images = new ArrayList<>();
        if (parameters.has("imageIds")) {
            for (Json item : parameters.batch("imageIds")) {
                images.add(described(repository, ImageId.of(item)));
            }
        } else {
            images.addAll(repository.images());
            images.removeIf(image -> !isWanted(parameters, repository.tagsOf(image.digest())));
        }
        return parameters.page("imageDetails", images, image -> detail(repository, image));
    }

    private Image described(RepositoryState repository, ImageId id) throws Refusal {
        try {
            return repository.find(id);
        } catch (ImageFailure e) {
            if (!e.code().equals(ImageFailure.NOT_FOUND)) {
                throw new Refusal(400, "InvalidParameterException", e.reason());
            }
            throw new Refusal(
                    400,
                    "ImageNotFoundException",
                    "The image with imageId {imageDigest:'" + id.digest().orElse("null") + "', imageTag:'"
                            + id.tag().orElse("null") + "'} does not exist within the "
                            + repository.place().shortly());
        }
    }

    private Json detail(RepositoryState repository, Image image) {
        Json json = Json.object()
                .with("registryId", Json.of(settings.account()))
                .with("repositoryName", Json.of(repository.name()))
                .with("imageDigest", Json.of(image.digest().toString()));
        List<String> tags = repository.tagsOf(image.digest());
        Json tagged = tags.isEmpty() ? json : json.with("imageTags", Json.texts(tags));
        return tagged.with("imageSizeInBytes", Json.of(image.size()))
                .with("imagePushedAt", EcrApi.time(image.pushedAt()))
                .with("imageManifestMediaType", Json.of(image.manifest().mediaType()))
                .with("imageStatus", Json.of("ACTIVE"));
    }

    private Json list(EcrApi.Request request) throws Refusal {
        Parameters parameters = request.parameters();
        RepositoryState repository = repositories.get(name(parameters));
        List<ImageId> ids = new ArrayList<>();
        for (Image image : repository.images()) {
            List<String> tags = repository.tagsOf(image.digest());
            if (isWanted(parameters, tags)) {
                ids.addAll(named(image.digest(), tags));
            }
        }
        return parameters.page("imageIds", ids, ImageId::toJson);
    }

    private static List<ImageId> named(Digest digest, List<String> tags) {
        return tags.isEmpty()
                ? List.of(ImageId.of(Optional.empty(), digest))
                : tags.stream().map(tag -> ImageId.of(Optional.of(tag), digest)).toList();
    }

    private static boolean isWanted(Parameters parameters, List<String> tags) {
        String status = parameters.json().get("filter").get("tagStatus").text().orElse("ANY");
        return status.equals("ANY") || status.equals("TAGGED") != tags.isEmpty();
    }
}
