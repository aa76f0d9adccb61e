package io.github.imagedelivery.ecr.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementTest {
    private static final SetupFile POLICY = new SetupFile("ecr-setup/trust.json", "{}\n");
    private static final SetupFile WORKFLOW = new SetupFile(".github/workflows/deploy.yml", "on: push\n");

    @TempDir
    Path root;

    private Placement placement() throws Exception {
        return Placement.of(root, List.of(WORKFLOW, POLICY));
    }

    private Path path(SetupFile file) {
        return root.resolve(file.path());
    }

    private void write(SetupFile file, String content) throws Exception {
        Files.createDirectories(path(file).getParent());
        Files.writeString(path(file), content);
    }

    @Test
    void writesFilesAndTheirDirectories() throws Exception {
        assertThat(placement().write()).containsExactly(WORKFLOW.path(), POLICY.path());

        assertThat(path(WORKFLOW)).hasContent(WORKFLOW.content());
        assertThat(path(POLICY)).hasContent(POLICY.content());
    }

    @Test
    void writesNothingWhileItLooks() throws Exception {
        placement();

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void tellsWhatIsInTheWay() throws Exception {
        write(POLICY, "{\"mine\": true}\n");

        assertThat(placement().inTheWay()).containsExactly(POLICY.path());
    }

    @Test
    void leavesAFileAloneThatIsThereAlready() throws Exception {
        placement().write();

        Placement again = placement();
        assertThat(again.inTheWay()).isEmpty();
        assertThat(again.unchanged()).containsExactly(WORKFLOW.path(), POLICY.path());
        assertThat(again.write()).isEmpty();
    }

    @Test
    void replacesWhatIsInTheWay() throws Exception {
        write(POLICY, "mine");

        placement().write();

        assertThat(path(POLICY)).hasContent(POLICY.content());
    }

    @Test
    void takesBytesThatAreNoTextForSomethingElse() throws Exception {
        write(POLICY, "");
        Files.write(path(POLICY), new byte[] {(byte) 0xff});

        assertThat(placement().inTheWay()).containsExactly(POLICY.path());
    }

    @Test
    void replacesALinkAndNotWhatItLeadsTo() throws Exception {
        Path elsewhere = Files.writeString(root.resolve("elsewhere"), "mine");
        Files.createDirectories(path(POLICY).getParent());
        Files.createSymbolicLink(path(POLICY), elsewhere);

        Placement placement = placement();
        assertThat(placement.inTheWay()).containsExactly(POLICY.path());
        placement.write();

        assertThat(elsewhere).hasContent("mine");
        assertThat(path(POLICY)).isRegularFile().hasContent(POLICY.content());
    }

    @Test
    void doesNotOverwriteAFileThatCameUpInTheMeantime() throws Exception {
        Placement placement = placement();
        write(WORKFLOW, "mine");

        assertThatThrownBy(placement::write).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(path(WORKFLOW)).hasContent("mine");
    }
}
