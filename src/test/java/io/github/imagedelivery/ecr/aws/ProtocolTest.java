package io.github.imagedelivery.ecr.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {
    private static final Protocol JSON = new JsonProtocol("T");
    private static final Protocol QUERY = new QueryProtocol("2011-06-15");

    private static Reply reply(String errorType, String body) {
        return new Reply(400, errorType, "", body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "'' | {'__type':'AccessDeniedException','message':'m'} | AccessDeniedException | m",
                "'' | {'__type':'com.amazon#AccessDeniedException','Message':'m'} | AccessDeniedException | m",
                "AccessDeniedException:http://internal/coral/ | {'message':'m'} | AccessDeniedException | m",
                "AccessDeniedException | {'__type':'Other'} | AccessDeniedException | none",
                "AccessDeniedException | <html> | AccessDeniedException | none",
                "'' | {'__type':'','message':'m'} | none | m",
                "'' | {'message':1} | none | none",
                "'' | '' | none | none"
            })
    void readsARefusalInJson(String header, String body, String code, String words) {
        assertThat(JSON.refusal(reply(header, body.replace('\'', '"'))))
                .isEqualTo(new Protocol.Refusal(Optional.ofNullable(code), Optional.ofNullable(words)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>m</Message></Error></ErrorResponse> | AccessDenied | m",
                "<ErrorResponse><Error><Code> </Code></Error></ErrorResponse> | none | none",
                "<html>blocked</html> | none | none",
                "{} | none | none"
            })
    void readsARefusalInXml(String body, String code, String words) {
        assertThat(QUERY.refusal(reply("", body)))
                .isEqualTo(new Protocol.Refusal(Optional.ofNullable(code), Optional.ofNullable(words)));
    }

    @Test
    void sendsAForm() {
        Json parameters =
                Json.object().with("Policy", Json.of("{\"a\": \"ö&+=\"}")).with("B", Json.of(""));

        assertThat(new String(QUERY.body("AssumeRole", parameters), UTF_8))
                .isEqualTo("Action=AssumeRole&Version=2011-06-15&Policy=%7B%22a%22%3A+%22%C3%B6%26%2B%3D%22%7D&B=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<AResponse/>",
                "<AResponse><AResult/></AResponse>",
                "<BResponse><AResult><C/></AResult></BResponse>"
            })
    void refusesXmlThatIsNoAnswerToTheOperation(String body) {
        assertThatThrownBy(() -> QUERY.answer("A", body.getBytes(UTF_8)))
                .isInstanceOf(FormatException.class)
                .hasMessage("it has no AResult");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"a\"", "{\"a\":[{\"b\":[null]}]}"})
    void refusesJsonThatIsNoAnswer(String body) {
        assertThatThrownBy(() -> JSON.answer("A", body.getBytes(UTF_8))).isInstanceOf(FormatException.class);
    }
}
