package io.github.imagedelivery.ecr.aws;

import java.net.URI;
import java.time.Duration;

/** The services of AWS that are asked. */
enum Service {
    ECR("ecr", Duration.ofMinutes(2)) {
        @Override
        Protocol protocol() {
            return new JsonProtocol("AmazonEC2ContainerRegistry_V20150921");
        }

        @Override
        URI at(Site site) {
            // Only the older form has its "api" in front.
            return host((site.dualStack() ? "ecr" : "api.ecr") + fips(site), site);
        }
    },
    /** Asked in the one region that it logs in at. */
    ECR_PUBLIC("ecr-public", Duration.ofMinutes(2)) {
        @Override
        Protocol protocol() {
            return new JsonProtocol("SpencerFrontendService");
        }

        @Override
        URI at(Site site) {
            return URI.create("https://api.ecr-public." + site.region() + ".amazonaws.com");
        }
    },
    STS("sts", Duration.ofSeconds(30)) {
        @Override
        Protocol protocol() {
            return new QueryProtocol("2011-06-15");
        }

        @Override
        URI at(Site site) {
            // In GovCloud the usual endpoint is the one with validated cryptography.
            boolean usual = Partition.of(site.region()) == Partition.GOV_CLOUD && !site.dualStack();
            return host("sts" + (usual ? "" : fips(site)), site);
        }
    };

    private final String id;
    private final Duration limit;

    Service(String id, Duration limit) {
        this.id = id;
        this.limit = limit;
    }

    /** Returns what permissions and signatures call it. */
    String id() {
        return id;
    }

    /** Returns how long a call may take, with all its tries. */
    Duration limit() {
        return limit;
    }

    /** Returns how its operations are put into requests. */
    abstract Protocol protocol();

    /** Returns Amazon's own address of its API (the endpoint rule sets that Amazon publishes with its SDKs). */
    abstract URI at(Site site);

    private static String fips(Site site) {
        return site.fips() ? "-fips" : "";
    }

    private static URI host(String beginning, Site site) {
        String suffix = Partition.of(site.region()).apiSuffix(site.dualStack());
        return URI.create("https://" + beginning + "." + site.region() + "." + suffix);
    }
}
