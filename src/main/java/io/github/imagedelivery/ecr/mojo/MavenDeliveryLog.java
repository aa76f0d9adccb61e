package io.github.imagedelivery.ecr.mojo;

import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.delivery.Claims;
import io.github.imagedelivery.ecr.delivery.Coordinates;
import io.github.imagedelivery.ecr.delivery.DeliveryLog;
import io.github.imagedelivery.ecr.delivery.Leftover;
import io.github.imagedelivery.ecr.delivery.Phase;
import io.github.imagedelivery.ecr.delivery.Publication;
import io.github.imagedelivery.ecr.delivery.Resolved;
import io.github.imagedelivery.ecr.delivery.Result;
import io.github.imagedelivery.ecr.delivery.StagedImage;
import io.github.imagedelivery.ecr.delivery.Staging;
import io.github.imagedelivery.ecr.delivery.Staging.Fate;
import io.github.imagedelivery.ecr.delivery.Transfers;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.Exchange;
import io.github.imagedelivery.ecr.oci.Platform;
import io.github.imagedelivery.ecr.oci.RepositoryName;
import io.github.imagedelivery.ecr.oci.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugin.logging.Log;

/** Says in Maven's log what a delivery does: about six lines for an image. Owns the wording. */
final class MavenDeliveryLog extends GoalLog implements DeliveryLog {
    MavenDeliveryLog(Log log) {
        super(log);
    }

    @Override
    public void resolved(String module, Coordinates coordinates) {
        String registry =
                coordinates.registry().value().map(host -> host.value() + "/").orElse("");
        log.info(module + ": image " + registry + coordinates.repository().value() + " as " + coordinates.tagNames());
        source(module, "registry", coordinates.registry());
        source(module, "repository", coordinates.repository());
        source(module, "SHA tag", coordinates.shaTag());
        source(module, "version tag", coordinates.versionTag());
        coordinates
                .additional()
                .forEach(tag -> log.debug(module + ": additional tag " + tag.tag() + " from " + tag.template()
                        + (coordinates.mayMove(tag.tag()) ? ", which may move" : ", which is written once")));
    }

    @Override
    public void tagsLeftOut(String module, List<String> templates, Coordinates coordinates) {
        log.info(module + ": no tag " + Texts.shown(String.join(", ", templates)) + ", since "
                + coordinates.versionTag().value() + " is no release");
    }

    private void source(String module, String what, Resolved<?> resolved) {
        log.debug(module + ": " + what + " from " + resolved.source());
    }

    @Override
    public void commitDiffers(String module, Pipeline pipeline, Coordinates coordinates) {
        log.warn(module + ": " + pipeline.name() + " says that it builds commit "
                + Texts.shown(pipeline.commit().orElse("")) + ", but " + coordinates.sha()
                + " is what is checked out and built");
    }

    @Override
    public void notCheckedOut(String module, Coordinates coordinates, String head) {
        log.warn(module + ": the image is tagged with " + coordinates.sha() + ", but " + head
                + " is what is checked out and built");
    }

    @Override
    public void wantedTwice(String module, Claims.Rival rival) {
        log.warn(module + ": " + rival.problem() + "; " + rival.remedy());
    }

    @Override
    public void repositoryCreated(RepositoryName repository) {
        log.info("created the repository " + repository + ", which was missing");
    }

    @Override
    public void undoIsOff(String module) {
        log.info(module + ": ecr.undo is never: a tag that is written stays, also where a later one is refused");
    }

    @Override
    public void undoIsBlind(String module, String cause) {
        log.warn(module + ": should a later tag be refused, the SHA tag stays, since who relies on it cannot be told: "
                + cause);
    }

    @Override
    public void base(String module, String pinned, Platform platform) {
        log.info(module + ": base " + pinned + " for " + platform);
    }

    @Override
    public void found(String module, Leftover leftover) {
        String tags = leftover.last().isPresent() && !leftover.isSameImage() ? "of this one, the " : "the ";
        log.info(module + ": " + earlier(leftover) + "; " + tags + "SHA tag is " + state(leftover.sha())
                + ", the version tag " + state(leftover.version()) + additional(leftover) + "; " + outlook(leftover));
    }

    private static String additional(Leftover leftover) {
        return leftover.additional().entrySet().stream()
                .map(tag -> ", " + tag.getKey() + " " + state(tag.getValue()))
                .collect(Collectors.joining());
    }

    /** One commit is built for its merge and for its release, so the SHA tag alone is no sign of a run that was stopped. */
    private static String earlier(Leftover leftover) {
        return leftover.last()
                .map(last -> "the last run" + (leftover.isSameImage() ? "" : ", of another image or none,") + " ended "
                        + last.result()
                                .map(Result::name)
                                .or(() -> last.phase().map(MavenDeliveryLog::during))
                                .orElse(""))
                .orElse("found what another build of this commit has pushed, or a publish that was not finished");
    }

    private static String during(Phase phase) {
        return switch (phase) {
            case STAGE -> "while the content was sent";
            case STAGED -> "before the tags were written";
            case PUBLISH_SHA -> "while the SHA tag was written";
            case PUBLISH_ADDITIONAL -> "while the additional tags were written";
            case PUBLISH_VERSION -> "while the version tag was written";
            case VERIFY, DONE -> "while its tags were read back";
            case UNDO -> "while its tags were taken back";
        };
    }

    private static String state(Leftover.State spot) {
        return switch (spot) {
            case MISSING -> "missing";
            case THERE -> "there";
            case ELSEWHERE -> "at another image";
        };
    }

    private static String outlook(Leftover leftover) {
        List<Leftover.State> states = leftover.states();
        if (states.stream().allMatch(Leftover.State.THERE::equals)) {
            return "nothing is left to do";
        }
        return states.contains(Leftover.State.THERE) ? "completing it" : "publishing it";
    }

    @Override
    public void phaseNotNoted(Path directory, IOException cause) {
        log.warn("How far the push has come cannot be noted in " + directory + ", and it goes on: " + cause);
    }

    @Override
    public void adopted(String module, Digest existing) {
        log.info(module + ": nothing built, the image that has the SHA tag is adopted: " + existing);
    }

    @Override
    public void leftToPush(String module, Exception cause) {
        log.debug(module + ": a layer of the base is left to the push: " + cause.getMessage());
    }

    @Override
    public void staged(String module, Staging staging) {
        log.info(module + ": staged " + blobs(staging.count(Fate.UPLOADED)) + ", "
                + Texts.size(staging.bytes(Fate.UPLOADED)) + " sent" + early(staging.sentEarly()) + "; "
                + blobs(staging.count(Fate.REUSED) + staging.count(Fate.MOUNTED)) + ", "
                + Texts.size(staging.saved()) + " reused" + mounted(staging.bytes(Fate.MOUNTED)));
    }

    private static String early(long bytes) {
        return bytes == 0 ? "" : ", " + Texts.size(bytes) + " of it while the build ran";
    }

    private static String mounted(long bytes) {
        return bytes == 0 ? "" : ", " + Texts.size(bytes) + " of it mounted";
    }

    @Override
    public void transferred(Transfers transfers) {
        log.info(transfers.images() + " images: " + Texts.size(transfers.uploaded()) + " sent, "
                + Texts.size(transfers.saved()) + " saved" + mounted(transfers.mounted()));
    }

    @Override
    public void onPlatform(String module, Platform platform, Digest image) {
        log.info(module + ": " + platform + " is " + image);
    }

    @Override
    public void published(Publication publication) {
        StagedImage image = publication.image();
        String module = image.module();
        String tags =
                image.coordinates().tagCount() + ", " + image.coordinates().tagNames();
        if (publication.result() == Result.PUBLISHED) {
            log.info(module + ": published under " + tags);
        } else if (publication.result() == Result.ALREADY_PUBLISHED) {
            log.info(module + ": already published under " + tags + ": nothing changed");
        } else if (publication.isFailure()) {
            log.error(module + ": the publication ended " + publication.result());
        } else {
            publication.error().ifPresent(e -> log.warn(module + ": " + publication.result() + ": " + e.getMessage()));
        }
        log.info(module + ": digest " + image.digest());
        log.info(module + ": report " + image.reports().resolve("push.json"));
    }

    /** Tells of one request. */
    void completed(Exchange exchange) {
        log.debug(exchange.request() + " -> " + (exchange.status() == 0 ? "no answer" : exchange.status()) + ", "
                + exchange.sent() + " bytes sent, " + exchange.received() + " received, " + exchange.host());
    }

    private static String blobs(long count) {
        return count == 1 ? "1 blob" : count + " blobs";
    }
}
