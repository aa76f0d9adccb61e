/**
 * Pages for a browser: what became of images, from their reports, and the pieces that any page is made of.
 *
 * <p>Exists so that text from outside gets into a page in one way alone, which escapes it, and so that every page is one
 * document that loads nothing. It turns JSON into HTML; it must not know files, the network or how images are delivered.
 */
@NullMarked
package io.github.imagedelivery.ecr.page;

import org.jspecify.annotations.NullMarked;
