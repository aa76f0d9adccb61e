package io.github.imagedelivery.ecr.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Tag;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryDescriptionTest {
    @ParameterizedTest
    @CsvSource({
        "MUTABLE, '', 1.2.0, false",
        "IMMUTABLE, '', 1.2.0, true",
        "IMMUTABLE_WITH_EXCLUSION, *-SNAPSHOT, 1.2.0, true",
        "IMMUTABLE_WITH_EXCLUSION, *-SNAPSHOT, 1.2.0-SNAPSHOT, false",
        "IMMUTABLE_WITH_EXCLUSION, dev-*-x, dev-1-x, false",
        "IMMUTABLE_WITH_EXCLUSION, dev-*-x, dev-1-y, true",
        "IMMUTABLE_WITH_EXCLUSION, 1.2, 1x2, true",
        "IMMUTABLE_WITH_EXCLUSION, a*a, a, true",
        "IMMUTABLE_WITH_EXCLUSION, a*a, aa, false",
        "IMMUTABLE_WITH_EXCLUSION, *a*b*, xaxbx, false",
        "IMMUTABLE_WITH_EXCLUSION, *a*b*, xbxax, true",
        "IMMUTABLE_WITH_EXCLUSION, *ab*ab, xab, true",
        "IMMUTABLE_WITH_EXCLUSION, **, anything, false",
        "MUTABLE_WITH_EXCLUSION, 1.*, 1.2.0, true",
        "MUTABLE_WITH_EXCLUSION, 1.*, 2.0.0, false",
        "MUTABLE_WITH_EXCLUSION, *, anything, true"
    })
    void knowsWhichTagsCannotBeMoved(String mutability, String filter, String tag, boolean immutable) {
        List<String> filters = filter.isEmpty() ? List.of() : List.of(filter);

        assertThat(new RepositoryDescription(new RepositoryName("orders"), "uri", mutability, filters)
                        .isImmutable(new Tag(tag)))
                .isEqualTo(immutable);
    }
}
