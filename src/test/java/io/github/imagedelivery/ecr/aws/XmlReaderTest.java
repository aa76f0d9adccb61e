package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
    private static Json read(String xml) throws FormatException {
        return XmlReader.read(xml.getBytes(UTF_8));
    }

    @Test
    void readsElementsAsMembersAndLeavesAsTexts() throws Exception {
        assertThat(read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- by STS -->
                <AResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/" a = '>'>
                  <AResult>
                    <Arn>arn:aws:iam::123456789012:user/mira</Arn>
                    <Empty/>
                    <None></None>
                  </AResult>
                </AResponse>
                """))
                .hasToString("{\"AResponse\":{\"AResult\":{\"Arn\":\"arn:aws:iam::123456789012:user/mira\","
                        + "\"Empty\":\"\",\"None\":\"\"}}}");
    }

    @Test
    void readsReferencesAndQuotedText() throws Exception {
        assertThat(read("<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;<![CDATA[<b>&amp;]]><!-- c -->d\n</a>")
                        .get("a"))
                .isEqualTo(Json.of("<>&\"'A\uD83D\uDE00<b>&amp;d\n"));
    }

    @Test
    void takesTheFirstOfElementsWithOneName() throws Exception {
        assertThat(read("<a><b>1</b><b>2</b></a>")).hasToString("{\"a\":{\"b\":\"1\"}}");
    }

    @Test
    void leavesPrefixesOut() throws Exception {
        assertThat(read("<s:a><s:b>1</s:b></s:a>")).hasToString("{\"a\":{\"b\":\"1\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<a>",
                "<a></b>",
                "<a></ab>",
                "<a><b></a></b>",
                "<a/><b/>",
                "<a/>text",
                "<a>&nbsp;</a>",
                "<a>&#xFFFFFF;</a>",
                "<a>&</a>",
                "<a b></a>",
                "<a b=c></a>",
                "<a b='<'></a>",
                "<a><!-- </a>",
                "<a><![CDATA[</a>",
                "<?xml version='1.0'",
                "< a/>",
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
                "<a><!ENTITY x 'y'></a>",
                "<a><?php ?></a>",
                "<html><body><p>blocked<br></body></html>"
            })
    void refusesWhatAwsDoesNotSend(String xml) {
        assertThatThrownBy(() -> read(xml)).isInstanceOf(FormatException.class).hasMessageStartingWith("not XML: ");
    }

    @Test
    void refusesWhatIsTooDeep() {
        String deep = "<a>".repeat(100_000) + "</a>".repeat(100_000);

        assertThatThrownBy(() -> read(deep)).isInstanceOf(FormatException.class).hasMessageContaining("50 levels");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThatThrownBy(() -> XmlReader.read("<a>ö</a>".getBytes(ISO_8859_1)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("UTF-8");
    }
}
