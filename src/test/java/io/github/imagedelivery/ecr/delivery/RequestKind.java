package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.local.Behaviour;
import io.github.imagedelivery.ecr.local.Faults;
import io.github.imagedelivery.ecr.local.Occasion;
import io.github.imagedelivery.ecr.local.RecordedRequest;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** A kind of request that a push makes, and what it takes for a push to make it. */
enum RequestKind {
    LOGIN("GetAuthorizationToken", api("GetAuthorizationToken"), About.ANYTHING, EnumSet.of(Trait.ONCE)),
    DESCRIBE("DescribeRepositories", api("DescribeRepositories"), About.ANYTHING, EnumSet.of(Trait.ONCE)),
    TAGS_BEFORE(
            "BatchGetImage of the tags before",
            api("BatchGetImage"),
            About.SHA_TAG,
            EnumSet.of(Trait.ONCE, Trait.NAMES_DIGEST)),
    LAYERS(
            "BatchCheckLayerAvailability",
            api("BatchCheckLayerAvailability"),
            About.ANYTHING,
            EnumSet.of(Trait.ONCE, Trait.NAMES_DIGEST, Trait.MUCH_TO_SEND)),
    HEAD(
            "HEAD of a blob",
            path("HEAD", "blobs/sha256:"),
            About.ANYTHING,
            EnumSet.of(Trait.BLOBS_ASKED_ONE_BY_ONE, Trait.MUCH_TO_SEND)),
    POST("POST of an upload", path("POST", "blobs/uploads/"), About.ANYTHING, EnumSet.of(Trait.WRITES)),
    MOUNT(
            "POST of a mount",
            path("POST", "blobs/uploads/"),
            About.ANYTHING,
            EnumSet.of(Trait.WRITES, Trait.NAMES_DIGEST, Trait.BASE_BESIDE, Trait.MUCH_TO_SEND)),
    PUT(
            "PUT of a blob",
            path("PUT", "blobs/uploads/"),
            About.ANYTHING,
            EnumSet.of(Trait.WRITES, Trait.BODY, Trait.NAMES_DIGEST)),
    HEAD_AFTER_DOUBT(
            "HEAD of a blob whose PUT got no answer",
            path("HEAD", "blobs/sha256:"),
            About.ANYTHING,
            EnumSet.of(Trait.ONCE, Trait.BLOB_DOUBTFUL)),
    PUT_DIGEST(
            "PutImage by digest",
            api("PutImage"),
            About.DIGEST,
            EnumSet.of(Trait.ONCE, Trait.WRITES, Trait.NAMES_DIGEST)),
    READ_BACK(
            "BatchGetImage of the staged image",
            api("BatchGetImage"),
            About.DIGEST,
            EnumSet.of(Trait.ONCE, Trait.NAMES_DIGEST)),
    PUT_SHA(
            "PutImage of the SHA tag",
            api("PutImage"),
            About.SHA_TAG,
            EnumSet.of(Trait.ONCE, Trait.WRITES, Trait.NAMES_DIGEST)),
    PUT_MOVING(
            "PutImage of an additional tag that moves",
            api("PutImage"),
            About.MOVING_TAG,
            EnumSet.of(Trait.ONCE, Trait.WRITES, Trait.NAMES_DIGEST)),
    PUT_ADDED(
            "PutImage of an additional tag that is new",
            api("PutImage"),
            About.ADDED_TAG,
            EnumSet.of(Trait.ONCE, Trait.WRITES, Trait.NAMES_DIGEST)),
    PUT_VERSION(
            "PutImage of the version tag",
            api("PutImage"),
            About.VERSION_TAG,
            EnumSet.of(Trait.ONCE, Trait.WRITES, Trait.NAMES_DIGEST)),
    DOUBT(
            "BatchGetImage after a version tag without answer",
            api("BatchGetImage"),
            About.VERSION_TAG,
            EnumSet.of(Trait.NAMES_DIGEST, Trait.VERSION_DOUBTFUL)),
    VERIFY(
            "BatchGetImage of both tags after",
            api("BatchGetImage"),
            About.VERSION_TAG,
            EnumSet.of(Trait.ONCE, Trait.NAMES_DIGEST)),
    LOOK_BEFORE(
            "DescribeImages before the tags",
            api("DescribeImages"),
            About.ANYTHING,
            EnumSet.of(Trait.ONCE, Trait.NAMES_DIGEST, Trait.REFUSED)),
    UNDO_LOOK(
            "DescribeImages of the undo",
            api("DescribeImages"),
            About.ANYTHING,
            EnumSet.of(Trait.NAMES_DIGEST, Trait.REFUSED)),
    UNDO_DELETE(
            "BatchDeleteImage of the undo",
            api("BatchDeleteImage"),
            About.ANYTHING,
            EnumSet.of(Trait.ONCE, Trait.WRITES, Trait.NAMES_DIGEST, Trait.REFUSED)),
    BASE_MANIFEST(
            "GET of the base's manifest",
            path("GET", "manifests/"),
            About.ANYTHING,
            EnumSet.of(Trait.ONCE, Trait.ANSWER, Trait.JSON, Trait.NAMES_DIGEST, Trait.BASE_ELSEWHERE)),
    BASE_BLOB("GET of a base's blob", path("GET", "blobs/"), About.ANYTHING, EnumSet.of(Trait.BASE_ELSEWHERE)),
    BASE_STORE(
            "GET of a base's blob where it is stored",
            "store:GET .*",
            About.ANYTHING,
            EnumSet.of(Trait.ANSWER, Trait.BASE_ELSEWHERE));

    /** What is true of a kind of request. */
    enum Trait {
        /** It is made once where nothing fails. */
        ONCE,
        /** It changes what the registry has. */
        WRITES,
        /** It has a body. */
        BODY,
        /** Its answer has a body. */
        ANSWER,
        /** The body of its answer is JSON. */
        JSON,
        /** Its answer names a digest. */
        NAMES_DIGEST,
        /** It needs a base image in the same registry, and nothing else to upload. */
        BASE_BESIDE,
        /** It goes to another registry, which the base image is read from. */
        BASE_ELSEWHERE,
        /** It needs more to send than is sent without a question. */
        MUCH_TO_SEND,
        /** It needs a registry that does not know BatchCheckLayerAvailability. */
        BLOBS_ASKED_ONE_BY_ONE,
        /** It needs the first PUT of a blob to get no answer. */
        BLOB_DOUBTFUL,
        /** It needs the first write of the version tag to get no answer. */
        VERSION_DOUBTFUL,
        /** It needs the version tag to be refused. */
        REFUSED
    }

    /** What a request names. */
    enum About {
        ANYTHING,
        SHA_TAG,
        MOVING_TAG,
        ADDED_TAG,
        VERSION_TAG,
        DIGEST
    }

    final String title;
    private final Pattern pattern;
    private final About about;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
    private final Set<Trait> traits;

    RequestKind(String title, String pattern, About about, Set<Trait> traits) {
        this.title = title;
        this.pattern = Pattern.compile(pattern);
        this.about = about;
        this.traits = EnumSet.copyOf(traits);
    }

    private static String api(String operation) {
        return "ecr:" + operation;
    }

    private static String path(String method, String path) {
        return method + " /v2/.+/" + path + ".*";
    }

    boolean is(Trait trait) {
        boolean always = isOfControlPlane() && (trait == Trait.BODY || trait == Trait.ANSWER || trait == Trait.JSON);
        return always || traits.contains(trait);
    }

    boolean isOfControlPlane() {
        return pattern.pattern().startsWith("ecr:");
    }

    /** Returns the requests of this kind that a push of the image makes. */
    Occasion of(Spot spot) {
        Occasion occasion = Occasion.matching(kind -> pattern.matcher(kind).matches());
        return about == About.ANYTHING ? occasion : occasion.about(named(spot));
    }

    boolean matches(Spot spot, RecordedRequest request) {
        return pattern.matcher(request.kind()).matches()
                && (about == About.ANYTHING || request.about().equals(named(spot)));
    }

    private String named(Spot spot) {
        return switch (about) {
            case ANYTHING -> "";
            case SHA_TAG -> spot.tag(TestModule.SHA);
            case MOVING_TAG -> spot.tag(Start.MOVING_TAG);
            case ADDED_TAG -> spot.tag(Start.ADDED_TAG);
            case VERSION_TAG -> spot.tag(spot.version());
            case DIGEST -> spot.repository() + "@" + spot.image();
        };
    }

    /** Brings about what it takes for the push to make such a request. */
    void provoke(Faults faults, Spot spot) {
        Occasion version = PUT_VERSION.of(spot);
        if (is(Trait.BLOBS_ASKED_ONE_BY_ONE)) {
            faults.inject(LAYERS.of(spot), Behaviour.answer(400, "UnknownOperationException", ""));
        } else if (is(Trait.BLOB_DOUBTFUL)) {
            faults.inject(PUT.of(spot).nth(1), Behaviour.applyAndClose());
        } else if (is(Trait.VERSION_DOUBTFUL)) {
            faults.inject(version.nth(1), Behaviour.applyAndClose());
        } else if (is(Trait.REFUSED)) {
            faults.inject(version, Behaviour.answer(400, "LimitExceededException", "too many images"));
        }
    }
}
