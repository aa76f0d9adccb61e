package io.github.imagedelivery.ecr.local;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request asks for and of what, as {@link RecordedRequest} has it.
 *
 * @param kind operation, or method and path
 * @param about the image or repository that is named first; may be empty
 * @param plane the service that is asked
 */
record Subject(String kind, String about, Plane plane) {
    private static final Pattern SESSION = Pattern.compile("(/v2/.+/blobs/uploads/)[^/]+");
    private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
    private static final Pattern REPOSITORY = Pattern.compile("/v2/(.+)/(?:blobs|tags)/.*");

    /** Reads the subject off a request to the front door; an API request is read whole for that. */
    static Subject of(Call call) throws IOException, Refusal {
        if (call.path().startsWith("/v2")) {
            String path = SESSION.matcher(call.path()).replaceAll("$1<session>");
            return new Subject(call.method() + " " + path, about(call.path()), Plane.DATA);
        }
        if (call.method().equals("POST") && call.path().equals("/")) {
            return call.header("X-Amz-Target").isPresent() ? control(call) : sts(call);
        }
        return new Subject(call.method() + " " + call.path(), "", Plane.WEB);
    }

    static Subject ofStore(Call call) {
        return new Subject("store:" + call.method() + " " + call.path(), "", Plane.STORE);
    }

    private static String about(String path) {
        Matcher manifest = MANIFEST.matcher(path);
        if (manifest.matches()) {
            return manifest.group(1) + (manifest.group(2).contains(":") ? "@" : ":") + manifest.group(2);
        }
        Matcher repository = REPOSITORY.matcher(path);
        return repository.matches() ? repository.group(1) : "";
    }

    private static Subject sts(Call call) throws IOException, Refusal {
        String action = Form.decode(call.text(StsApi.BODY_LIMIT)).getOrDefault("Action", "");
        return new Subject("sts:" + action, "", Plane.STS);
    }

    private static Subject control(Call call) throws IOException, Refusal {
        String target = call.header("X-Amz-Target").orElse("");
        String operation = target.substring(target.indexOf('.') + 1);
        return new Subject("ecr:" + operation, aboutImage(call.bytes(EcrApi.BODY_LIMIT)), Plane.CONTROL);
    }

    private static String aboutImage(byte[] body) {
        try {
            Json request = Json.parse(body);
            List<Json> ids = request.get("imageIds").items();
            ImageId id = ImageId.of(ids.isEmpty() ? request : ids.get(0));
            return request.get("repositoryName").text().orElse("")
                    + id.tag()
                            .map(tag -> ":" + tag)
                            .or(() -> id.digest().map(digest -> "@" + digest))
                            .orElse("");
        } catch (FormatException e) {
            return "";
        }
    }
}
