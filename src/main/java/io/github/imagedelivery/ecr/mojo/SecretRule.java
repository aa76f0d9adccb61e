package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.Module;
import io.github.imagedelivery.ecr.delivery.Prebuilt;
import io.github.imagedelivery.ecr.delivery.Recipe;
import io.github.imagedelivery.ecr.image.ImageException;
import io.github.imagedelivery.ecr.image.SecretFinding;
import io.github.imagedelivery.ecr.image.SecretFinding.Weight;
import io.github.imagedelivery.ecr.oci.TagPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps secrets out of images: refuses what is one, and warns of what may be one. */
final class SecretRule {
    private static final int LISTED = 5;

    private final List<TagPattern> allowed;
    private final MavenDeliveryLog log;

    /**
     * Creates the rule.
     *
     * @param allowed names of what is no secret, or is meant to be in the image; patterns as those of tags
     */
    SecretRule(List<String> allowed, MavenDeliveryLog log) {
        this.allowed = allowed.stream().map(TagPattern::new).toList();
        this.log = log;
    }

    /** Looks through all that the module brings into its image. */
    void check(Module module) throws DeliveryException {
        List<SecretFinding> certain = new ArrayList<>();
        for (SecretFinding finding : findings(module)) {
            if (allowed.stream().anyMatch(pattern -> pattern.matches(finding.name()))) {
                log.secretAllowed(module.name(), finding);
            } else if (finding.weight() == Weight.CERTAIN) {
                certain.add(finding);
            } else {
                log.secretSuspected(module.name(), finding);
            }
        }
        if (!certain.isEmpty()) {
            throw refused(certain);
        }
    }

    private static List<SecretFinding> findings(Module module) throws DeliveryException {
        try {
            if (module.making() instanceof Recipe recipe) {
                List<SecretFinding> findings = new ArrayList<>();
                findings.addAll(SecretFinding.in(recipe.application(), recipe.container()));
                findings.addAll(SecretFinding.inLabels(recipe.description().labels()));
                findings.addAll(SecretFinding.inAnnotations(recipe.description().annotations()));
                return findings;
            }
            return SecretFinding.in(((Prebuilt) module.making()).image());
        } catch (ImageException e) {
            throw DeliveryException.ofUser(e.problem() + "; nothing was built or sent", e, e.remedy());
        }
    }

    private static DeliveryException refused(List<SecretFinding> findings) {
        String listed =
                findings.stream().limit(LISTED).map(SecretFinding::toString).collect(Collectors.joining("; "));
        int more = findings.size() - LISTED;
        return DeliveryException.ofUser(
                "What looks like a secret would be in the image; nothing was built or sent",
                listed + (more > 0 ? "; and " + more + " more" : ""),
                "hand it to the container when it starts and take it out of the image,"
                        + " or name it in ecr.allowedSecrets if everybody may read it who pulls the image");
    }
}
