package io.github.imagedelivery.ecr.registry;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which host names are Amazon's, in all partitions: those of ECR, and those that ECR may keep layers under. */
final class AmazonHosts {
    private static final String SUFFIX =
            "(?:amazonaws\\.com(?:\\.cn)?|amazonaws\\.eu|c2s\\.ic\\.gov|sc2s\\.sgov\\.gov|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov)";
    private static final String DUAL_STACK = "(?:on\\.aws|on\\.amazonwebservices\\.com\\.cn)";

    private static final Pattern ECR =
            Pattern.compile("public\\.ecr\\.aws|[0-9]{12}\\.dkr(?:\\.ecr(?:-fips)?\\.[a-z0-9-]+\\." + SUFFIX
                    + "|-ecr(?:-fips)?\\.[a-z0-9-]+\\." + DUAL_STACK + ")");
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9.-]+\\." + SUFFIX);

    private AmazonHosts() {}

    /** Tells whether the host is a registry of ECR. */
    static boolean isEcr(String host) {
        return ECR.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** Tells whether the host is below a partition's suffix, as S3's hosts are. */
    static boolean isService(String host) {
        return SERVICE.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
