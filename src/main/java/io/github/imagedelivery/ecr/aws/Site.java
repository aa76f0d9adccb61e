package io.github.imagedelivery.ecr.aws;

/**
 * Which of Amazon's endpoints is asked.
 *
 * @param region the region's id
 */
record Site(String region, boolean fips, boolean dualStack) {}
