package io.github.imagedelivery.ecr.image;

import io.github.imagedelivery.ecr.oci.Blob;
import io.github.imagedelivery.ecr.oci.Descriptor;
import io.github.imagedelivery.ecr.oci.Digest;
import io.github.imagedelivery.ecr.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A layer that was written again with symbolic links, which Jib cannot write. Jib has put an empty file where each link
 * is to be, so that order and directories above are as in any other layer.
 *
 * @param blob the compressed layer
 * @param diffId digest of the tar in it
 */
record LinkedLayer(Blob blob, Digest diffId) {
    private static final int ALL_PERMISSIONS = 0777;

    /**
     * Writes the layer into the storage.
     *
     * @param links targets by path, without a slash in front
     */
    static LinkedLayer write(Blob layer, Map<String, String> links, Tarball storage) throws IOException {
        MessageDigest diffId = Digest.sha256();
        MessageDigest digest = Digest.sha256();
        try (InputStream in = new GZIPInputStream(layer.open());
                OutputStream out = new DigestOutputStream(
                        new GZIPOutputStream(new DigestOutputStream(storage.output(), digest)), diffId)) {
            copy(in, out, links);
        }
        Descriptor written = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of(digest), storage.size());
        return new LinkedLayer(new VerifiedBlob(written, storage), Digest.of(diffId));
    }

    private static void copy(InputStream in, OutputStream out, Map<String, String> links) throws IOException {
        String utf8 = StandardCharsets.UTF_8.name();
        try (TarArchiveInputStream from = new TarArchiveInputStream(in, utf8);
                TarArchiveOutputStream to = new TarArchiveOutputStream(out, utf8)) {
            // As Jib does: names that ustar cannot hold are in the form of POSIX.
            to.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            to.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            to.setAddPaxHeadersForNonAsciiNames(true);
            for (TarArchiveEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                String target = links.get(entry.getName());
                to.putArchiveEntry(target == null ? entry : link(entry, target));
                from.transferTo(to);
                to.closeArchiveEntry();
            }
        }
    }

    private static TarArchiveEntry link(TarArchiveEntry placeholder, String target) {
        TarArchiveEntry link = new TarArchiveEntry(placeholder.getName(), TarConstants.LF_SYMLINK);
        link.setLinkName(target);
        link.setMode(ALL_PERMISSIONS);
        link.setIds((int) placeholder.getLongUserId(), (int) placeholder.getLongGroupId());
        link.setLastModifiedTime(placeholder.getLastModifiedTime());
        return link;
    }
}
