package io.github.imagedelivery.ecr.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagedelivery.ecr.fuzz.Foreign;
import io.github.imagedelivery.ecr.fuzz.Fuzz;
import io.github.imagedelivery.ecr.oci.FormatException;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is put into files is refused, unless YAML, JSON, a shell and a workflow all leave it as it is. */
@Fuzz
class SetupFuzzTest {
    private static final String HARMLESS = "[A-Za-z0-9._:/@+=,-]*";

    private interface Reading {
        Object read(String value) throws FormatException;
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Foreign.text(),
                Foreign.damaged(
                        "main",
                        "release/1.x",
                        "production",
                        "sts.amazonaws.com",
                        "github.com/OWNER/REPOSITORY",
                        "gitlab.com/GROUP/PROJECT",
                        "arn:aws:iam::123456789012:role/image-delivery",
                        "-Decr.registry=123456789012.dkr.ecr.eu-west-2.amazonaws.com",
                        "main\"] # ",
                        "main\nenv:\n  X: y",
                        "${{ github.event.head_commit.message }}",
                        "$(id)",
                        "${aws:username}",
                        "x/*",
                        "-Dx=`id`"));
    }

    private static void harmlessOrRefused(String value, Reading reading) {
        boolean taken;
        try {
            reading.read(value);
            taken = true;
        } catch (FormatException e) {
            taken = false;
        }
        assertThat(!taken || value.matches(HARMLESS)).as("taken: \"%s\"", value).isTrue();
    }

    @Property(tries = 2000)
    void takesNothingIntoAFileThatMeansSomethingThere(@ForAll("values") String value) throws FormatException {
        Job job = Setups.gitHub("shop/orders").job();
        harmlessOrRefused(value, job::on);
        harmlessOrRefused(value, job::in);
        harmlessOrRefused(value, job::addressedTo);
        harmlessOrRefused(value, Role::parse);
        harmlessOrRefused(value, text -> job.with("-f " + text));
        harmlessOrRefused(value, job::with);
        for (Source.Kind kind : Source.Kind.values()) {
            harmlessOrRefused(value, text -> Source.parse(text, Optional.of(kind)));
            harmlessOrRefused(value, text -> Source.parse("example.com/" + text, Optional.of(kind)));
        }
    }

    @Property(tries = 500)
    void takesNoPatternButABeginning(@ForAll("values") String value) throws FormatException {
        Destination target = Setups.gitHub("shop/orders").target();
        harmlessOrRefused(value, text -> target.within("shop/" + text + "*"));
    }
}
