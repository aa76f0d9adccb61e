package io.github.imagedelivery.ecr.mojo;
/** draft */
final class Wiring {}
