package io.github.imagedelivery.ecr.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.endpoints.EcrEndpointProvider;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

class ServiceTest {
    /** Every region that the SDK knows, but for its names of whole partitions, in which ECR is nowhere. */
    static Stream<Site> sites() {
        return Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .flatMap(region -> Stream.of(
                        new Site(region.id(), false, false),
                        new Site(region.id(), true, false),
                        new Site(region.id(), false, true),
                        new Site(region.id(), true, true)));
    }

    @ParameterizedTest
    @MethodSource("sites")
    void isWhereTheRulesOfTheSdkSay(Site site) {
        Region region = Region.of(site.region());

        assertThat(Service.ECR.at(site))
                .isEqualTo(EcrEndpointProvider.defaultProvider()
                        .resolveEndpoint(
                                of -> of.region(region).useFips(site.fips()).useDualStack(site.dualStack()))
                        .join()
                        .url());
        assertThat(Service.STS.at(site))
                .isEqualTo(StsEndpointProvider.defaultProvider()
                        .resolveEndpoint(of -> of.region(region)
                                .useFips(site.fips())
                                .useDualStack(site.dualStack())
                                .useGlobalEndpoint(false))
                        .join()
                        .url());
    }

    @Test
    void isComparedInEveryPartition() {
        assertThat(sites().map(site -> Partition.of(site.region()))).contains(Partition.values());
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, api.ecr.eu-west-1.amazonaws.com, sts.eu-west-1.amazonaws.com",
        "cn-north-1, api.ecr.cn-north-1.amazonaws.com.cn, sts.cn-north-1.amazonaws.com.cn",
        "us-gov-west-1, api.ecr.us-gov-west-1.amazonaws.com, sts.us-gov-west-1.amazonaws.com",
        "eusc-de-east-1, api.ecr.eusc-de-east-1.amazonaws.eu, sts.eusc-de-east-1.amazonaws.eu",
        "us-iso-east-1, api.ecr.us-iso-east-1.c2s.ic.gov, sts.us-iso-east-1.c2s.ic.gov",
        "us-isob-east-1, api.ecr.us-isob-east-1.sc2s.sgov.gov, sts.us-isob-east-1.sc2s.sgov.gov",
        "eu-isoe-west-1, api.ecr.eu-isoe-west-1.cloud.adc-e.uk, sts.eu-isoe-west-1.cloud.adc-e.uk",
        "us-isof-south-1, api.ecr.us-isof-south-1.csp.hci.ic.gov, sts.us-isof-south-1.csp.hci.ic.gov",
        "ap-nowhere-9, api.ecr.ap-nowhere-9.amazonaws.com, sts.ap-nowhere-9.amazonaws.com"
    })
    void hasAnAddressInEveryPartition(String region, String ecr, String sts) {
        Site site = new Site(region, false, false);

        assertThat(Service.ECR.at(site)).isEqualTo(URI.create("https://" + ecr));
        assertThat(Service.STS.at(site)).isEqualTo(URI.create("https://" + sts));
    }

    @ParameterizedTest
    @CsvSource({
        "us-east-1, true, false, api.ecr-fips.us-east-1.amazonaws.com, sts-fips.us-east-1.amazonaws.com",
        "us-east-1, false, true, ecr.us-east-1.api.aws, sts.us-east-1.api.aws",
        "us-east-1, true, true, ecr-fips.us-east-1.api.aws, sts-fips.us-east-1.api.aws",
        "us-gov-east-1, true, false, api.ecr-fips.us-gov-east-1.amazonaws.com, sts.us-gov-east-1.amazonaws.com",
        "us-gov-east-1, true, true, ecr-fips.us-gov-east-1.api.aws, sts-fips.us-gov-east-1.api.aws",
        "cn-north-1, false, true, ecr.cn-north-1.api.amazonwebservices.com.cn, sts.cn-north-1.api.amazonwebservices.com.cn"
    })
    void hasFurtherAddressesForFipsAndDualStack(
            String region, boolean fips, boolean dualStack, String ecr, String sts) {
        Site site = new Site(region, fips, dualStack);

        assertThat(Service.ECR.at(site)).isEqualTo(URI.create("https://" + ecr));
        assertThat(Service.STS.at(site)).isEqualTo(URI.create("https://" + sts));
    }

    @Test
    void asksEcrPublicInItsOneRegion() {
        assertThat(Service.ECR_PUBLIC.at(new Site("us-east-1", false, false)))
                .isEqualTo(URI.create("https://api.ecr-public.us-east-1.amazonaws.com"));
    }
}
