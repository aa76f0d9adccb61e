package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.delivery.PublishPolicy.SupersededRule;
import io.github.imagedelivery.ecr.delivery.PublishPolicy.UndoRule;
import io.github.imagedelivery.ecr.oci.FormatException;
import io.github.imagedelivery.ecr.oci.Json;
import java.util.Locale;

/** The policy of a staged image as JSON. */
final class StagedPolicy {
    private StagedPolicy() {}

    static Json write(PublishPolicy policy) {
        return Json.object().with("undo", word(policy.undo())).with("onSuperseded", word(policy.onSuperseded()));
    }

    static PublishPolicy read(Json json) throws FormatException {
        return new PublishPolicy(
                choice(UndoRule.values(), json.get("undo")), choice(SupersededRule.values(), json.get("onSuperseded")));
    }

    private static Json word(Enum<?> choice) {
        return Json.of(choice.name().toLowerCase(Locale.ROOT));
    }

    private static <E extends Enum<E>> E choice(E[] choices, Json word) throws FormatException {
        for (E choice : choices) {
            if (word(choice).equals(word)) {
                return choice;
            }
        }
        throw new FormatException("the policy is not known");
    }
}
