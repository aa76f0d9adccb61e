package io.github.imagedelivery.ecr.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The data plane: the OCI distribution API under {@code /v2/}, with the departures from the specification that Amazon
 * ECR is known for.
 */
final class DistributionApi implements Handler {
    private static final String API_VERSION = "Docker-Distribution-Api-Version";
    private static final String NAME = "/v2/(.+)";

    /** How the errors of the control plane are told on this plane. */
    private static final Map<String, Translation> TRANSLATIONS = Map.of(
            "RepositoryNotFoundException", new Translation(404, "NAME_UNKNOWN"),
            "AccessDeniedException", new Translation(403, "DENIED"),
            "InvalidParameterException", new Translation(405, "UNSUPPORTED"),
            "RequestEntityTooLargeException", new Translation(405, "UNSUPPORTED"),
            "ImageTagAlreadyExistsException", new Translation(400, "TAG_INVALID"),
            "ImageDigestDoesNotMatchException", new Translation(400, "MANIFEST_INVALID"),
            "LayersNotFoundException", new Translation(404, "MANIFEST_BLOB_UNKNOWN"),
            "ReferencedImagesNotFoundException", new Translation(404, "MANIFEST_BLOB_UNKNOWN"),
            "ImageReferencedByManifestList", new Translation(405, "UNSUPPORTED"));

    private final Logins logins;
    private final Permissions permissions;
    private final List<Route> routes = new ArrayList<>();

    DistributionApi(
            Logins logins, Permissions permissions, Repositories repositories, BlobStore blobStore, Uploads uploads) {
        this.logins = logins;
        this.permissions = permissions;
        ManifestRoutes manifests = new ManifestRoutes(repositories);
        BlobRoutes blobs = new BlobRoutes(repositories, blobStore);
        add("GET HEAD", "/v2/?", (call, path) -> Reply.of(200));
        add("GET", "/v2/_catalog", (call, path) -> Lists.repositories(call, repositories), "ecr:DescribeRepositories");
        add(
                "GET",
                NAME + "/tags/list",
                (call, path) -> Lists.tags(call, repositories.get(path.group(1))),
                "ecr:ListImages");
        add("GET HEAD", NAME + "/manifests/([^/]+)", manifests::read, "ecr:BatchGetImage");
        add("PUT", NAME + "/manifests/([^/]+)", manifests::put, "ecr:PutImage");
        add("DELETE", NAME + "/manifests/([^/]+)", manifests::delete, "ecr:BatchDeleteImage");
        add("POST", NAME + "/blobs/uploads/?", uploads::start, "ecr:InitiateLayerUpload");
        add("GET", NAME + "/blobs/uploads/([^/]+)", (call, path) -> Plane.DATA.refuse(Uploads.unknown()));
        add("PATCH", NAME + "/blobs/uploads/([^/]+)", uploads::patch, "ecr:UploadLayerPart");
        add(
                "PUT",
                NAME + "/blobs/uploads/([^/]+)",
                uploads::complete,
                "ecr:UploadLayerPart",
                "ecr:CompleteLayerUpload");
        add("HEAD", NAME + "/blobs/([^/]+)", blobs::head, "ecr:BatchCheckLayerAvailability");
        add("GET", NAME + "/blobs/([^/]+)", blobs::get, "ecr:GetDownloadUrlForLayer");
    }

    /** Answers what matched a route. */
    @FunctionalInterface
    interface Action {
        Reply answer(Call call, Matcher path) throws Refusal, IOException;
    }

    private record Route(List<String> methods, Pattern path, Action action, List<String> permissions) {}

    private record Translation(int status, String code) {}

    private void add(String methods, String path, Action action, String... needed) {
        routes.add(new Route(Arrays.asList(methods.split(" ")), Pattern.compile(path), action, List.of(needed)));
    }

    @Override
    public Reply answer(Call call) throws IOException {
        Reply refused = logins.refusal(call).orElse(Reply.HUNG_UP);
        if (refused.status() != 0) {
            return refused;
        }
        try {
            Reply reply = routed(call);
            return reply.status() == 0 ? reply : reply.with(API_VERSION, "registry/2.0");
        } catch (Refusal e) {
            Translation told = TRANSLATIONS.getOrDefault(e.code(), new Translation(e.status(), e.code()));
            return Plane.DATA.refuse(told.status(), told.code(), e.text());
        }
    }

    private Reply routed(Call call) throws Refusal, IOException {
        for (Route route : routes) {
            Matcher path = route.path().matcher(call.path());
            if (route.methods().contains(call.method()) && path.matches()) {
                for (String action : route.permissions()) {
                    String repository = path.groupCount() > 0 ? path.group(1) : "*";
                    permissions.check(logins.holder(call), action, repository);
                }
                return route.action().answer(call, path);
            }
        }
        throw new Refusal(405, "UNSUPPORTED", "The operation is unsupported.");
    }
}
