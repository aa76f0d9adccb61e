/**
 * The files that let a CI system push without a stored secret: a workflow, IAM policies, and a guide to both.
 *
 * <p>Exists so that nobody writes them by hand: what is pasted from elsewhere as a rule allows too much or nothing. It
 * turns values whose grammar has been checked into text and writes files. It must not know Maven, AWS's API or the
 * network.
 */
@NullMarked
package io.github.imagedelivery.ecr.setup;

import org.jspecify.annotations.NullMarked;
