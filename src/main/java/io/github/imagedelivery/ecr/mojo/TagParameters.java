package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameter that gives an image further tags. */
abstract class TagParameters extends PlatformParameters {
    /**
     * Tags that the image gets beside its SHA tag and its version tag, all of them or none:
     * {@code <additionalTags><tag>{major}.{minor}</tag><tag>latest</tag></additionalTags>}, or a property that is split at
     * commas, {@code -Decr.additionalTags={major},{branch}}. Placeholders: {@code {sha}}, {@code {shortSha}} (7 digits),
     * {@code {version}}, {@code {major}} and {@code {minor}} (the first and the second number of the version; left out where
     * it is no release), {@code {branch}} (what a tag may not have becomes {@code -}) and {@code {timestamp}} (of the commit,
     * {@code yyyyMMddHHmmss} in UTC). A tag with {@code {sha}}, {@code {shortSha}}, {@code {timestamp}} or the
     * {@code {version}} of a release is written once; the others may be pointed at another image. Default: none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.additionalTags")
    @Nullable
    List<String> additionalTags;
}
