/**
 * The story: resolve what an image is to be called, stage it, publish all of its tags or none, report.
 *
 * <p>Read {@code Delivery} first. Staging code is handed a {@code ContentStore}, which cannot make an image visible;
 * publishing alone gets a {@code TagStore}. It must not know Maven, Jib, the SDK or HTTP.
 */
@NullMarked
package io.github.imagedelivery.ecr.delivery;

import org.jspecify.annotations.NullMarked;
