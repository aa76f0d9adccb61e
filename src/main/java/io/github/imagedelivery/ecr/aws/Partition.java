package io.github.imagedelivery.ecr.aws;

import java.util.Arrays;

/**
 * The partitions of AWS, by the beginning of their regions' ids, with what the names of their hosts end in. The first
 * that fits is it: a region that is not known yet has the names of its neighbours.
 */
enum Partition {
    CHINA("aws-cn", "cn-", "amazonaws.com.cn", "on.amazonwebservices.com.cn", "api.amazonwebservices.com.cn"),
    GOV_CLOUD("aws-us-gov", "us-gov-", "amazonaws.com", "on.aws", "api.aws"),
    EUROPE("aws-eusc", "eusc-", "amazonaws.eu", "", "api.amazonwebservices.eu"),
    ISO("aws-iso", "us-iso-", "c2s.ic.gov", "", "api.aws.ic.gov"),
    ISO_B("aws-iso-b", "us-isob-", "sc2s.sgov.gov", "", "api.aws.scloud"),
    ISO_E("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "", "api.cloud-aws.adc-e.uk"),
    ISO_F("aws-iso-f", "us-isof-", "csp.hci.ic.gov", "", "api.aws.hci.ic.gov"),
    AWS("aws", "", "amazonaws.com", "on.aws", "api.aws");

    private final String id;
    private final String regions;
    private final String suffix;
    private final String registrySuffix;
    private final String apiSuffix;

    Partition(String id, String regions, String suffix, String registrySuffix, String apiSuffix) {
        this.id = id;
        this.regions = regions;
        this.suffix = suffix;
        this.registrySuffix = registrySuffix;
        this.apiSuffix = apiSuffix;
    }

    static Partition of(String region) {
        return Arrays.stream(values())
                .filter(partition -> region.startsWith(partition.regions))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the partition as ARNs name it. */
    String id() {
        return id;
    }

    /** Returns the end of a registry's host; empty where the partition has none of the kind. */
    String registrySuffix(boolean dualStack) {
        return dualStack ? registrySuffix : suffix;
    }

    /** Returns the end of the host of a service's API. */
    String apiSuffix(boolean dualStack) {
        return dualStack ? apiSuffix : suffix;
    }
}
