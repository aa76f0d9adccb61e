package io.github.imagedelivery.ecr.delivery;

/** What the image of a module comes from. */
public sealed interface Making permits Recipe, Prebuilt {}
