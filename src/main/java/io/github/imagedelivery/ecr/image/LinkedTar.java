package io.github.imagedelivery.ecr.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A tar that is written again with symbolic links, which Jib cannot write. Jib has put an empty file where each link is
 * to be, so that order and directories above are as in any other layer.
 */
final class LinkedTar {
    private static final int ALL_PERMISSIONS = 0777;

    private LinkedTar() {}

    /**
     * Copies the tar; both streams are closed.
     *
     * @param links targets by path, without a slash in front
     */
    static void copy(InputStream in, OutputStream out, Map<String, String> links) throws IOException {
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
