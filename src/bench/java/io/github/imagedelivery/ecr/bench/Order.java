package io.github.imagedelivery.ecr.bench;

/**
 * What a tool is to push: an image of each module under two tags.
 *
 * @param situation says of what base and for which platforms
 * @param repository the repository, or what the names of those of several modules begin with; they are there
 * @param version one of the tags
 * @param other the other tag, of a tool that does not take it from Git itself
 * @param release a further tag, or the empty string
 */
record Order(Situation situation, String repository, String version, String other, String release) {
    boolean isBaseInEcr() {
        return situation.base().equals(RegistryProcess.MOUNTABLE);
    }
}
