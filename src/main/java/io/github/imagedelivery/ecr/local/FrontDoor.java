package io.github.imagedelivery.ecr.local;

import java.io.IOException;
import java.util.regex.Pattern;

/** Sends each request to the service that it is for. */
final class FrontDoor implements Handler {
    /** Other names would let a web page reach this server from a browser on this machine (DNS rebinding). */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:127\\.0\\.0\\.1|localhost|[a-z0-9.-]+\\.localhost|\\[::1])(?::[0-9]{1,5})?");

    private final EcrApi ecr;
    private final StsApi sts;
    private final DistributionApi distribution;
    private final TokenEndpoint tokens;
    private final IndexPage page;

    FrontDoor(EcrApi ecr, StsApi sts, DistributionApi distribution, TokenEndpoint tokens, IndexPage page) {
        this.ecr = ecr;
        this.sts = sts;
        this.distribution = distribution;
        this.tokens = tokens;
        this.page = page;
    }

    @Override
    public Reply answer(Call call) throws IOException {
        if (!LOOPBACK.matcher(call.header("Host").orElse("")).matches()) {
            return Plane.WEB.refuse(421, "MisdirectedRequest", "this server is for loopback addresses alone");
        }
        return service(call).answer(call);
    }

    private Handler service(Call call) {
        String path = call.path();
        if (path.equals("/v2") || path.startsWith("/v2/")) {
            return distribution;
        }
        if (TokenEndpoint.serves(path)) {
            return tokens;
        }
        if (call.method().equals("POST") && path.equals("/")) {
            return call.header("X-Amz-Target").isPresent() ? ecr : sts;
        }
        boolean isPage = path.equals("/") && (call.method().equals("GET") || call.isHead());
        return isPage ? page : other -> Plane.WEB.refuse(404, "NotFound", "nothing is here");
    }
}
