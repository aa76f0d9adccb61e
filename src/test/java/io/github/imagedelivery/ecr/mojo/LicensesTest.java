package io.github.imagedelivery.ecr.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.model.License;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LicensesTest {
    @ParameterizedTest
    @ValueSource(strings = {"Apache-2.0", "MIT", "GPL-2.0", "EPL-2.0"})
    void areAnExpressionWhereTheNameIsAnSpdxIdentifier(String name) {
        assertThat(expression(name)).hasValue(name);
    }

    @Test
    void areAChoiceWhereThereAreSeveral() {
        assertThat(expression("Apache-2.0", " MIT ")).hasValue("Apache-2.0 OR MIT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Apache License, Version 2.0", "Proprietary", "", "apache-2.0"})
    void areNotGuessed(String name) {
        assertThat(expression(name)).isEmpty();
        assertThat(expression("MIT", name)).isEmpty();
    }

    @Test
    void areNoneWhereThePomHasNone() {
        assertThat(expression()).isEmpty();
        assertThat(Licenses.expression(List.of(new License()))).isEmpty();
    }

    private static Optional<String> expression(String... names) {
        return Licenses.expression(Stream.of(names).map(LicensesTest::license).toList());
    }

    private static License license(String name) {
        License license = new License();
        license.setName(name);
        return license;
    }
}
