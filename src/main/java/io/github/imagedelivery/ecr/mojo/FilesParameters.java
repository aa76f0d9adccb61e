package io.github.imagedelivery.ecr.mojo;

import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that say which further files go into an image, and what a tar says of all of its files. */
abstract class FilesParameters extends SharingParameters {
    /**
     * Directories whose files go into the image as they lie, each into a layer of its own on top of the application:
     * {@code <extraDirectories><paths><path><from>src/main/scripts</from><into>/opt</into><includes>...</includes>
     * <excludes>...</excludes></path></paths><permissions><permission><file>/opt/bin/**</file><mode>755</mode></permission>
     * </permissions><ownership><owner><file>/opt/data</file><user>1000:1000</user></owner></ownership></extraDirectories>},
     * or {@code <path>directory</path>}. Patterns are those of Java's globs; {@code file} is an absolute path in the image.
     * Files are 0644, directories 0755, all of them root's. Default: {@code src/main/jib}, if it is there.
     *
     * @since 0.1.0
     */
    @Parameter
    @Nullable
    ExtraDirectories extraDirectories;

    /**
     * Further such directories, into {@code /}, so that they can be set by property, comma-separated.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.extraDirectories")
    @Nullable
    List<String> extraDirectoryList;

    /**
     * Further modes as {@code /path=mode}, so that they can be set by property, comma-separated.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.extraDirectoryPermissions")
    @Nullable
    List<String> extraDirectoryPermissions;

    /**
     * Further owners as {@code /path=1000:1000}, so that they can be set by property, comma-separated.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.extraDirectoryOwnership")
    @Nullable
    List<String> extraDirectoryOwnership;

    /**
     * Time of all files in the image: {@code EPOCH_PLUS_SECOND}, or ISO 8601 with an offset
     * ({@code 2026-11-23T10:00:00Z}). Directories that are there for their files alone keep one second after the epoch.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ecr.filesModificationTime", defaultValue = "EPOCH_PLUS_SECOND")
    @Nullable
    String filesModificationTime;
}
