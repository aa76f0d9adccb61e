package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.ci.Pipeline;
import io.github.imagedelivery.ecr.ci.WorkingCopy;
import java.util.Optional;

/**
 * What a delivery learns from the machine that it runs on.
 *
 * @param workingCopy the working copy that the modules are in
 * @param pipeline the pipeline that runs the build; empty outside CI
 * @param pause waits between tries
 * @param pace spreads writes over time, of all deliveries that have the same surroundings
 * @param claims the tags that these deliveries want
 * @param descriptions what ECR says of their repositories
 * @param blobs what these deliveries, and others of the session, have brought into registries
 */
public record Surroundings(
        WorkingCopy workingCopy,
        Optional<Pipeline> pipeline,
        Pause pause,
        PutPace pace,
        Claims claims,
        RepositoryDescriptions descriptions,
        SharedBlobs blobs) {
    /** Paces writes by the clock of the machine, and nothing is claimed yet. */
    public Surroundings(WorkingCopy workingCopy, Optional<Pipeline> pipeline, Pause pause, SharedBlobs blobs) {
        this(
                workingCopy,
                pipeline,
                pause,
                new PutPace(System::nanoTime, pause),
                new Claims(),
                new RepositoryDescriptions(),
                blobs);
    }

    /** Nothing has been brought anywhere, either. */
    public Surroundings(WorkingCopy workingCopy, Optional<Pipeline> pipeline, Pause pause) {
        this(workingCopy, pipeline, pause, new SharedBlobs());
    }
}
