package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://git.example.com/team/orders.git, https://git.example.com/team/orders",
        "https://git.example.com/team/orders, https://git.example.com/team/orders",
        "https://git.example.com/team/orders/, https://git.example.com/team/orders",
        "https://git.example.com/team/orders.git/, https://git.example.com/team/orders",
        "https://git.example.com:8443/team/orders.git, https://git.example.com:8443/team/orders",
        "https://canary@git.example.com/team/orders.git, https://git.example.com/team/orders",
        "https://ci:canary@git.example.com/team/orders.git, https://git.example.com/team/orders",
        "https://ci:can@ary@git.example.com/team/orders.git, https://git.example.com/team/orders",
        "https://[2001:db8::1]:8443/team/orders.git, https://[2001:db8::1]:8443/team/orders",
        "https://dev.example.com/org/My%20Project/_git/orders, https://dev.example.com/org/My%20Project/_git/orders",
        "ssh://git@git.example.com/team/orders.git, https://git.example.com/team/orders",
        "ssh://git@git.example.com:7999/team/orders.git, https://git.example.com/team/orders",
        "ssh://git.example.com/~team/orders.git, https://git.example.com/~team/orders",
        "git+ssh://git@git.example.com/team/orders, https://git.example.com/team/orders",
        "git@git.example.com:team/orders.git, https://git.example.com/team/orders",
        "git@git.example.com:/team/orders.git, https://git.example.com/team/orders",
        "git.example.com:team/orders.git, https://git.example.com/team/orders",
        "git@gitserver:team/orders.git, https://gitserver/team/orders",
        "git@git.example.com:a/b.github.io.git, https://git.example.com/a/b.github.io"
    })
    void becomesHttpsWithoutCredentials(String url, String expected) {
        assertThat(RemoteUrl.https(url)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/srv/git/orders.git",
                "../orders",
                "./a:b",
                "C:/projects/orders",
                "C:\\work\\orders",
                "gh:team/orders",
                "file:///srv/git/orders.git",
                "http://git.example.com/team/orders.git",
                "git://git.example.com/team/orders.git",
                "codecommit::eu-west-1://canary@orders",
                "ext::sh -c canary",
                "https://git.example.com",
                "https://git.example.com/",
                "https://git.example.com/.git",
                "https:///team/orders",
                "https://ci:12/canary@git.example.com/team/orders.git",
                "https://ci:can/ary@git.example.com/team/orders.git",
                "https://git.example.com/team/orders.git?token=canary",
                "https://git.example.com/team/orders#canary",
                "https://git.example.com/team/ord\ners"
            })
    void givesNothingForWhatHasNoHttpsForm(String url) {
        assertThat(RemoteUrl.https(url)).isEmpty();
    }

    @Test
    void takesTheCredentialsOfEveryUrlOutOfAText() {
        assertThat(RemoteUrl.withoutCredentials("from https://canary@a.example/x to ssh://u:canary@b.example:22/y"))
                .isEqualTo("from https://a.example/x to ssh://b.example:22/y");
    }
}
