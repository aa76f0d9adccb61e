package io.github.imagedelivery.ecr.fuzz;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives each property the seed of the system property {@code fuzz.seed} ({@code random} for another one in each run),
 * and {@code fuzz.factor} times its tries.
 */
public final class Repeatable implements AroundPropertyHook {
    private static final String SEED = System.getProperty("fuzz.seed", "20261125");
    private static final int FACTOR = Integer.getInteger("fuzz.factor", 1);

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        if (!SEED.equals("random")) {
            attributes.setSeed(SEED);
        }
        attributes.setTries(attributes.tries().orElseThrow() * FACTOR);
        return property.execute();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
