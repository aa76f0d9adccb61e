package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.delivery.DeliveryException;
import io.github.imagedelivery.ecr.delivery.LockedBase;
import io.github.imagedelivery.ecr.delivery.StagedEarlier;
import io.github.imagedelivery.ecr.delivery.StagedImage;
import io.github.imagedelivery.ecr.delivery.WrittenImage;
import io.github.imagedelivery.ecr.image.SecretFinding;
import io.github.imagedelivery.ecr.local.LocalEcr;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.logging.Log;

/** Says in Maven's log what goals and sessions do beside a delivery, one method for each event. Owns the wording. */
class GoalLog {
    /** Where it is said. */
    final LogLines log;

    GoalLog(Log log) {
        this.log = new LogLines(log);
    }

    /** Tells how far work has come that takes long. */
    void atWork(Standing work) {
        log.info(ProgressText.line(work));
    }

    /** Tells that a module gets no image, and why. */
    void skipped(String module, String reason) {
        log.info(module + ": no image, since " + reason);
    }

    /** Tells that something may be a secret, and is packed all the same. */
    void secretSuspected(String module, SecretFinding finding) {
        log.warn(module + ": what may be a secret is packed into the image: " + finding
                + "; ecr.allowedSecrets says that it is none");
    }

    /** Tells that something is packed which looks like a secret. */
    void secretAllowed(String module, SecretFinding finding) {
        log.debug(module + ": packed, as ecr.allowedSecrets says: " + finding);
    }

    /** Tells what the image is made of, where that is not the usual. */
    void kind(String module, String kind) {
        log.info(module + ": packed as ecr.kind " + kind);
    }

    /** Tells that a library is for development alone. */
    void leftOut(String module, String library) {
        log.debug(module + ": " + library + " is left out of the image, since it is for development");
    }

    /** Tells where the page of so many images is. */
    void reported(int images, Path page) {
        log.info("Report of " + (images == 1 ? "one image: " : images + " images: ") + page);
    }

    /** Tells that an image is staged and waits for the rest of the build. */
    void waiting(StagedImage image) {
        log.info(image.module() + ": its tags follow when the whole build has succeeded");
    }

    /** Tells that an image is staged and is left to be published by another goal. */
    void noted(StagedImage image) {
        log.info(image.module() + ": digest " + image.digest());
        log.info(image.module() + ": staged without a tag; ecr:publish points "
                + image.coordinates().tagNames() + " at it");
    }

    /** Tells that the build has failed after images were staged. */
    void abandoned(List<StagedImage> images) {
        log.error("The build has failed, so no image was tagged. Staged, with the tags as they were before:");
        for (StagedImage image : images) {
            log.error("  " + image.module() + ": " + image.uri() + "@" + image.digest());
        }
        log.error("  to fix: put right what has failed and run the whole build again, which sends nothing twice;");
        log.error("    a build that is resumed with -rf publishes the modules that it runs, and no other");
    }

    /** Tells that modules which are no part of this build still wait for their tags. */
    void leftBehind(List<StagedEarlier> left) {
        log.warn("Staged by an earlier build, not published, and no part of this build:");
        for (StagedEarlier image : left) {
            log.warn("  " + image.module() + ": " + image.image() + " for " + image.tags());
        }
        log.warn("  to fix: run mvn ecr:publish in the top directory to publish them as they are,"
                + " or run the whole build again");
    }

    /** Tells that what was staged cannot even be named. */
    void unreadable(DeliveryException e) {
        log.error("The build has failed, so no image was tagged. " + e.getMessage());
    }

    /** Tells how to look at an image that the embedded ECR keeps. */
    void lookAtIt(StagedImage image, Path storage) {
        log.info(image.module() + ": look at it with skopeo inspect oci:"
                + storage.resolve(image.coordinates().repository().value().value()) + ":"
                + image.coordinates().versionTag().value());
    }

    /** Tells where an image was written. */
    void written(WrittenImage image) {
        if (image.coordinates().isDirty()) {
            log.warn(
                    image.module() + ": the working copy differs from its commit: a push would be refused, or be under "
                            + image.coordinates().shaTag().value() + " with ecr.dirty=suffix");
        }
        log.info(image.module() + ": digest " + image.digest() + ", which a push would publish");
        log.info(image.module() + ": written to " + image.destination().path() + "; nothing was sent");
    }

    /** Tells that a module has an image which another tool has built. */
    void prebuilt(String module, Path image) {
        log.info(module + ": image " + image + ", built by another tool");
    }

    /** Tells that parameters have no effect on an image which another tool has built. */
    void withoutEffect(String module, List<String> parameters) {
        log.warn(module + ": the image of ecr.image is pushed as it is; without effect: "
                + String.join(", ", parameters));
    }

    /** Tells that Docker's format is asked for, and not written. */
    void dockersFormat(String module) {
        log.info(module + ": <format> is Docker, but the image is written in OCI's format; ECR and Docker read it");
    }

    /** Tells in what images differ. */
    void differs(String module, List<String> lines) {
        lines.forEach(line -> log.info(module + ": " + line));
    }

    /** Tells where all that images differ in is written. */
    void allOfIt(String module, Path file) {
        log.info(module + ": all of it is in " + file);
    }

    /** Tells that a check has nothing to look at. */
    void nothingToCheck() {
        log.info("nothing is checked, since this build makes no image; mvn ecr:check does so at any time");
    }

    /** Tells that a module has no base to lock, and why. */
    void noBase(String module, String reason) {
        log.info(module + ": no base, since " + reason);
    }

    /** Tells what the base of a module is locked to; it may need no lock. */
    void locked(String module, String base, Optional<LockedBase> locked) {
        log.info(module + ": base " + base
                + locked.map(found -> " is " + found.digest()).orElse(" needs no lock"));
    }

    /** Tells in what a lock file changes. */
    void lockChanges(List<String> changes) {
        changes.forEach(log::info);
    }

    /** Tells that a lock file is right already. */
    void lockUpToDate(Path file) {
        log.info(file + " is up to date");
    }

    /** Tells that a lock file would be written, were it not a dry run. */
    void lockNotWritten(Path file) {
        log.info(file + " is not written, as ecr.dryRun says");
    }

    /** Tells that a lock file was written. */
    void lockWritten(Path file) {
        log.info(file + " written; commit it");
    }

    /** Shows a file that would be written for a CI system. */
    void setupFile(String path, String content) {
        log.info(path + ":\n" + content);
    }

    /** Tells which files for a CI system were written, and which were there. */
    void setUp(List<String> unchanged, List<String> written) {
        unchanged.forEach(path -> log.info(path + " is there already"));
        written.forEach(path -> log.info("wrote " + path));
        log.info("What to do next is in ecr-setup/README.md");
    }

    /** Tells that files for a CI system are of no use yet. */
    void notBound() {
        log.warn("No module runs ecr:push yet; ecr-setup/README.md shows what the POM needs");
    }

    /** Tells how to use an embedded ECR that runs. */
    void introduce(LocalEcr ecr, Path directory) {
        log.info("Embedded ECR on " + ecr.endpoint() + ", images in " + directory);
        log.info("Stop it with Ctrl-C. To use it from another terminal:");
        for (Map.Entry<String, String> variable : ecr.environment().entrySet()) {
            log.info("  export " + variable.getKey() + "='" + variable.getValue() + "'");
        }
        log.info("To log in to the registry host " + ecr.registryHost()
                + " by hand: user AWS, password of aws ecr get-login-password or");
        log.info("  " + ecr.password());
    }

    /** Tells that keys of AWS are where logins to registries are. */
    void misplacedKeys(String server) {
        log.warn("The <server> " + server + " of settings.xml is not used: it has an AWS access key, and ECR takes none"
                + " as a login. The plugin logs in there by itself; give it the key as AWS_ACCESS_KEY_ID or in a"
                + " profile, or no key and ecr.roleArn");
    }

    /** Tells that properties of Jib's plugin have no effect. */
    void notRead(Iterable<String> names) {
        log.warn("Properties of jib-maven-plugin are not read: " + String.join(", ", names)
                + ". The page from-jib.md, \"From jib-maven-plugin\", says what they are called here");
    }

    /** Tells that a CI system would still be shown the results of an earlier build. */
    void notForgotten(Path directory, Exception cause) {
        log.warn("What an earlier build has left in " + directory + " cannot be removed: " + cause);
    }

    /** Tells that a CI system is not shown the results. */
    void notTold(Exception cause) {
        log.warn("What was pushed cannot be told to the CI system: " + cause);
    }
}
