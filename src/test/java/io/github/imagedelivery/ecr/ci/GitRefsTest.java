package io.github.imagedelivery.ecr.ci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitRefsTest {
    @ParameterizedTest
    @ValueSource(strings = {"refs/heads/main", "refs/heads/feature/größe", "refs/remotes/origin/HEAD"})
    void knowsTheNameOfARef(String name) {
        assertThat(GitRefs.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HEAD",
                "heads/main",
                "../refs/heads/main",
                "refs/../../outside",
                "refs/heads/\u2028/../../../outside",
                "refs/heads/\u0085/../../../outside",
                "refs/heads\\..\\main",
                "refs/heads/\u0000"
            })
    void takesNothingForARefThatMayLeadOutOfTheRepository(String name) {
        assertThat(GitRefs.isName(name)).isFalse();
    }
}
