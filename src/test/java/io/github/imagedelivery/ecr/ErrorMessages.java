package io.github.imagedelivery.ecr;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The errors that the plugin can end with, read from its sources by the compiler's parser: every place that makes one
 * has its three lines as arguments. What is not a constant there is {@code ...} here.
 */
final class ErrorMessages extends TreePathScanner<@Nullable Void, @Nullable Void> {
    /** Stands for the arguments that a place does not have. */
    private static final int NONE = -1;

    /** What hands on an error that another place has made. */
    private static final String HANDED_ON = "(?s)(\\w+\\.)?problem(\\(\\))?( \\+ .*)?|\\w+\\.getMessage\\(\\)";

    private final SortedSet<ErrorMessage> found = new TreeSet<>(Comparator.comparing(ErrorMessage::problem)
            .thenComparing(ErrorMessage::cause)
            .thenComparing(ErrorMessage::remedy));
    private final List<String> unread = new ArrayList<>();

    /** What the plugin says. */
    record ErrorMessage(String problem, String cause, String remedy) {}

    /** Which arguments of a call are the three lines. */
    private record Lines(int problem, int cause, int remedy) {}

    private ErrorMessages() {}

    /** Reads all sources below a directory. */
    static ErrorMessages of(Path sources) throws IOException {
        ErrorMessages messages = new ErrorMessages();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> files = Files.walk(sources);
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(java));
            for (CompilationUnitTree unit : task.parse()) {
                messages.scan(unit, null);
            }
        }
        return messages;
    }

    /** Returns the messages in alphabetical order. */
    List<ErrorMessage> all() {
        return List.copyOf(found);
    }

    /** Returns the places whose message this class cannot make out. */
    List<String> unread() {
        return List.copyOf(unread);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
        String method = call.getMethodSelect().toString();
        lines(method, call.getArguments().size()).ifPresent(lines -> add(call.getArguments(), lines));
        return super.visitMethodInvocation(call, null);
    }

    private Optional<Lines> lines(String method, int arguments) {
        return switch (method) {
            case "DeliveryException.ofUser", "DeliveryException.ofService" -> Optional.of(new Lines(0, 1, 2));
            case "Explanations.of" -> Optional.of(new Lines(0, NONE, NONE));
            case "of" -> isIn("Explanations.java") ? Optional.of(new Lines(0, NONE, NONE)) : Optional.empty();
            case "refuse" -> arguments == 4 ? Optional.of(new Lines(1, 2, 3)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private boolean isIn(String file) {
        return getCurrentPath().getCompilationUnit().getSourceFile().getName().endsWith("/" + file);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void unused) {
        String type = made.getIdentifier().toString();
        if (type.equals("ImageException")) {
            add(made.getArguments(), new Lines(0, 1, 2));
        } else if (type.equals("MojoExecutionException")) {
            texts(made.getArguments().get(0)).forEach(text -> addLines(made, text));
        }
        return super.visitNewClass(made, null);
    }

    /** Adds a message that is one text. */
    private void addLines(NewClassTree made, String text) {
        String[] lines = text.split("\n *(?:cause: |to fix: )?", 3);
        add(
                made.getArguments().get(0),
                lines[0],
                lines.length > 1 ? lines[1] : "...",
                lines.length > 2 ? lines[2] : "...");
    }

    private void add(List<? extends ExpressionTree> arguments, Lines lines) {
        ExpressionTree place = arguments.get(lines.problem());
        List<String> problems = texts(place);
        List<String> causes = texts(arguments, lines.cause());
        List<String> remedies = texts(arguments, lines.remedy());
        int most = Math.max(problems.size(), Math.max(causes.size(), remedies.size()));
        // What has as many branches as another line goes by the same condition.
        if (Stream.of(problems, causes, remedies).allMatch(texts -> texts.size() == 1 || texts.size() == most)) {
            for (int i = 0; i < most; i++) {
                add(place, branch(problems, i), branch(causes, i), branch(remedies, i));
            }
        } else {
            problems.forEach(
                    problem -> add(place, problem, String.join("; or ", causes), String.join("; or ", remedies)));
        }
    }

    private static String branch(List<String> texts, int index) {
        return texts.get(texts.size() == 1 ? 0 : index);
    }

    private void add(Tree place, String problem, String cause, String remedy) {
        if (place.toString().matches(HANDED_ON) && problem.startsWith("...")) {
            return;
        }
        if (!problem.equals("...")) {
            found.add(new ErrorMessage(problem, cause, remedy));
        } else {
            unread.add(getCurrentPath().getCompilationUnit().getSourceFile().getName() + ": " + place);
        }
    }

    private List<String> texts(List<? extends ExpressionTree> arguments, int index) {
        return index == NONE ? List.of("...") : texts(arguments.get(index));
    }

    private List<String> texts(ExpressionTree expression) {
        return new ConstantTexts(getCurrentPath()).of(expression);
    }
}
