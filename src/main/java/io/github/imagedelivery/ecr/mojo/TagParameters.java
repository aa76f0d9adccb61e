package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameter that gives an image further tags. */
abstract class TagParameters extends PlatformParameters {
    /**
     * Tags that the image gets beside its SHA tag and its version tag, all of them or none:
     * <code>&lt;additionalTags&gt;&lt;tag&gt;{major}.{minor}&lt;/tag&gt;&lt;/additionalTags&gt;</code>, or a property
     * that is split at commas, <code>-Decr.additionalTags={major},{branch}</code>. Placeholders: <code>{sha}</code>,
     * <code>{shortSha}</code> (7 digits), <code>{version}</code>, <code>{major}</code> and <code>{minor}</code> (the
     * first and the second number of the version; left out where it is no release), <code>{branch}</code> (what a tag
     * may not have becomes {@code -}) and <code>{timestamp}</code> (of the commit, {@code yyyyMMddHHmmss} in UTC). A
     * tag with <code>{sha}</code>, <code>{shortSha}</code>, <code>{timestamp}</code> or the <code>{version}</code> of
     * a release is written once; the others may be pointed at another image. Default: none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.additionalTags")
    @Nullable
    List<String> additionalTags;
}
