package io.github.imagedelivery.ecr;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The texts that an expression of the sources can be, with {@code ...} for what is not constant.
 *
 * @param place where the expression stands, to find the variables that it names
 */
record ConstantTexts(TreePath place) {
    private static final String UNKNOWN = "...";

    /** Returns one text, or one for each branch. */
    List<String> of(ExpressionTree expression) {
        return alternatives(expression).distinct().toList();
    }

    private Stream<String> alternatives(Tree expression) {
        if (expression instanceof LiteralTree literal) {
            return Stream.of(String.valueOf(literal.getValue()));
        }
        if (expression instanceof ParenthesizedTree inner) {
            return alternatives(inner.getExpression());
        }
        if (expression instanceof BinaryTree sum && sum.getKind() == Kind.PLUS) {
            List<String> right = alternatives(sum.getRightOperand()).toList();
            return alternatives(sum.getLeftOperand())
                    .flatMap(left -> right.stream().map(end -> (left + end).replaceAll("(\\.\\.\\.)+", UNKNOWN)));
        }
        if (expression instanceof ConditionalExpressionTree choice) {
            return Stream.concat(alternatives(choice.getTrueExpression()), alternatives(choice.getFalseExpression()));
        }
        if (expression instanceof SwitchExpressionTree choice) {
            return choice.getCases().stream().map(CaseTree::getBody).flatMap(this::alternatives);
        }
        return variable(expression)
                .map(VariableTree::getInitializer)
                .map(this::alternatives)
                .orElse(Stream.of(UNKNOWN));
    }

    /** Returns the variable of the method or its class that has the name and a value of its own. */
    private Optional<VariableTree> variable(Tree name) {
        return StreamSupport.stream(place.spliterator(), false)
                .flatMap(ConstantTexts::members)
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(variable -> variable.getName().contentEquals(name.toString()))
                .filter(variable -> variable.getInitializer() != null)
                .findFirst();
    }

    private static Stream<? extends Tree> members(Tree scope) {
        if (scope instanceof BlockTree block) {
            return block.getStatements().stream();
        }
        if (scope instanceof ClassTree type) {
            return type.getMembers().stream();
        }
        return scope instanceof MethodTree method ? method.getParameters().stream() : Stream.of();
    }
}
