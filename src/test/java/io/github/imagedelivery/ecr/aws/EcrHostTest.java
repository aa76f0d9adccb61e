package io.github.imagedelivery.ecr.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcrHostTest {
    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com, eu-west-1, aws, false, false",
        "000000000000.dkr.ecr.us-east-1.amazonaws.com, us-east-1, aws, false, false",
        "123456789012.dkr.ecr.ap-southeast-7.amazonaws.com, ap-southeast-7, aws, false, false",
        "123456789012.dkr.ecr.mx-central-1.amazonaws.com, mx-central-1, aws, false, false",
        "123456789012.dkr.ecr-fips.us-east-2.amazonaws.com, us-east-2, aws, true, false",
        "123456789012.dkr-ecr.eu-west-1.on.aws, eu-west-1, aws, false, true",
        "123456789012.dkr-ecr-fips.us-west-2.on.aws, us-west-2, aws, true, true",
        "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com, us-gov-west-1, aws-us-gov, false, false",
        "123456789012.dkr.ecr-fips.us-gov-east-1.amazonaws.com, us-gov-east-1, aws-us-gov, true, false",
        "123456789012.dkr-ecr.us-gov-west-1.on.aws, us-gov-west-1, aws-us-gov, false, true",
        "123456789012.dkr-ecr-fips.us-gov-west-1.on.aws, us-gov-west-1, aws-us-gov, true, true",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, cn-north-1, aws-cn, false, false",
        "123456789012.dkr.ecr.cn-northwest-1.amazonaws.com.cn, cn-northwest-1, aws-cn, false, false",
        "123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn, cn-north-1, aws-cn, false, true",
        "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu, eusc-de-east-1, aws-eusc, false, false",
        "123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov, us-iso-east-1, aws-iso, false, false",
        "123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov, us-isob-east-1, aws-iso-b, false, false",
        "123456789012.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk, eu-isoe-west-1, aws-iso-e, false, false",
        "123456789012.dkr.ecr.us-isof-south-1.csp.hci.ic.gov, us-isof-south-1, aws-iso-f, false, false",
        "123456789012.dkr.ecr-fips.us-iso-west-1.c2s.ic.gov, us-iso-west-1, aws-iso, true, false"
    })
    void readsEveryFormOfTheHost(String host, String region, String partition, boolean fips, boolean dualStack)
            throws FormatException {
        assertThat(EcrHost.parse(host))
                .isEqualTo(new EcrHost(host, host.substring(0, 12), region, partition, fips, dualStack))
                .hasToString(host);
        assertThat(EcrHost.isEcr(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "local",
                "localhost:5000",
                "docker.io",
                "public.ecr.aws",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.com",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com.cn",
                "123456789012.dkr.ecr.eu-west-1.evil-amazonaws.com",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.comm",
                "123456789012.dkr.ecr.eu-west-1.amazonawsXcom",
                "123456789012.dkr.ecr.eu-west-1.on.aws",
                "123456789012.dkr-ecr.eu-west-1.amazonaws.com",
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com",
                "123456789012.dkr-ecr.cn-north-1.on.aws",
                "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.com",
                "123456789012.dkr-ecr.eusc-de-east-1.",
                "123456789012.dkr-ecr.us-iso-east-1.on.aws",
                "evil.com/123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                "evil.com.123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com:443",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com.",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com\n",
                "user@123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                "12345678901.dkr.ecr.eu-west-1.amazonaws.com",
                "1234567890123.dkr.ecr.eu-west-1.amazonaws.com",
                "12345678901x.dkr.ecr.eu-west-1.amazonaws.com",
                "١٢٣٤٥٦٧٨٩٠١٢.dkr.ecr.eu-west-1.amazonaws.com",
                "123456789012.dkr.ecr..amazonaws.com",
                "123456789012.dkr.ecr.EU-WEST-1.amazonaws.com",
                "123456789012.dkr.ecr.evil.com#.amazonaws.com",
                "123456789012.dkr.ecr.eu-west-1@evil.com.amazonaws.com",
                "123456789012.dkrXecr.eu-west-1.amazonaws.com",
                "123456789012.dkr.ecr-fipsy.eu-west-1.amazonaws.com"
            })
    void refusesAnyOtherHost(String host) {
        assertThat(EcrHost.isEcr(host)).isFalse();
        assertThatThrownBy(() -> EcrHost.parse(host)).isInstanceOf(FormatException.class);
    }

    @Test
    void saysWhatIsExpected() {
        assertThatThrownBy(() -> EcrHost.parse("https://example.com"))
                .hasMessageStartingWith("\"https://example.com\" is not the host of an ECR registry:"
                        + " ACCOUNT.dkr.ecr.REGION.amazonaws.com expected");
    }
}
