package io.github.imagedelivery.ecr.bench;

/**
 * What a tool is to push: an image under two tags.
 *
 * @param repository the repository, which is there
 * @param base what {@link RegistryHandle#variable} knows the base image by
 * @param version one of the tags
 * @param other the other tag, of a tool that does not take it from Git itself
 * @param release a further tag, or the empty string
 */
record Order(String repository, String base, String version, String other, String release) {
    boolean isBaseInEcr() {
        return base.equals(RegistryProcess.MOUNTABLE);
    }
}
