package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.oci.Tag;
import java.util.List;

/** Is told how far the publication of an image has come, each time before more is done. */
interface PhaseListener {
    /** Takes no note. */
    PhaseListener UNTOLD = (image, phase, created) -> {};

    /**
     * Takes note.
     *
     * @param phase the phase that begins, or goes on
     * @param created the tags that this run has written for certain and has not taken back
     */
    void at(StagedImage image, Phase phase, List<Tag> created);
}
