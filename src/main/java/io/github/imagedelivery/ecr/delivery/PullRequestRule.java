package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.delivery.CoordinateSettings.PullRequests;
import java.util.Optional;

/**
 * Decides whether a run for a pull request may push. CI systems like to build the pull request merged into its target:
 * a commit that is on no branch, is another one in the next run, and would be two images under one SHA tag if its head
 * commit lent it the name.
 *
 * @param allowed what is configured
 * @param pipeline the pipeline that runs the build; empty outside CI
 */
record PullRequestRule(PullRequests allowed, Optional<Pipeline> pipeline) {
    /**
     * Refuses the run, or another commit than the head of its pull request.
     *
     * @param tagged commit that the image is to be tagged with; empty where it is not known
     * @param checkedOut commit that the image is made of; empty outside a working copy
     */
    void require(Optional<String> tagged, Optional<String> checkedOut) throws DeliveryException {
        Optional<Pipeline> run = pipeline.filter(Pipeline::pullRequest);
        if (run.isEmpty() || allowed == PullRequests.ANY_COMMIT) {
            return;
        }
        if (allowed == PullRequests.REFUSE) {
            throw DeliveryException.ofUser(
                    "No image is pushed for a pull request; nothing was built or sent",
                    run.get().name() + " runs this build for a pull request, whose code nobody has merged",
                    "push from the branch that it is merged into and set -Decr.skip here,"
                            + " or pass -Decr.allowPullRequest if all who can open one may publish");
        }
        Optional<String> head = run.get().commit();
        if (head.isPresent()) {
            requireHead(head.get(), tagged, checkedOut);
        }
    }

    private static void requireHead(String head, Optional<String> tagged, Optional<String> checkedOut)
            throws DeliveryException {
        if (differs(tagged, head)) {
            throw notTheHead(
                    "another one is to be its SHA tag",
                    "the SHA tag would be " + tagged.get() + ", which is on no branch; the head is " + head);
        }
        if (differs(checkedOut, head)) {
            throw notTheHead(
                    "another one is checked out",
                    "the working copy is at " + checkedOut.get() + "; the head is " + head);
        }
    }

    private static boolean differs(Optional<String> commit, String head) {
        return commit.filter(id -> !id.equals(head)).isPresent();
    }

    private static DeliveryException notTheHead(String what, String cause) {
        return DeliveryException.ofUser(
                "The image of a pull request is made of its head commit, and " + what,
                cause,
                "check out the head commit (with actions/checkout, ref: ${{ github.event.pull_request.head.sha }})");
    }
}
