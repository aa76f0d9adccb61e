package io.github.imagedelivery.ecr.ci;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Azure Pipelines: logging commands on standard output. */
final class AzurePipelines implements Announcer {
    private final Consumer<String> console;

    AzurePipelines(Consumer<String> console) {
        this.console = console;
    }

    @Override
    public void obtained(String secret) {
        secret.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> console.accept("##vso[task.setsecret]" + data(line)));
    }

    @Override
    public void failed(String message) {
        console.accept("##vso[task.logissue type=error]" + data(message));
    }

    @Override
    public void ended(List<Outcome> outcomes, Path directory) throws IOException {
        new ResultFiles().ended(outcomes, directory);
        new Outputs(outcomes)
                .variables()
                .forEach((name, value) ->
                        console.accept("##vso[task.setvariable variable=" + name + ";isOutput=true]" + data(value)));
        console.accept("##vso[task.uploadsummary]"
                + data(directory.resolve(ResultFiles.SUMMARY).toString()));
    }

    private static String data(String text) {
        return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
