package hakube.resolution;

import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the shared claim can still be written and read. At start that is asked by the rooms below, which wait for it; later a
 * volume may turn read-only, be taken away or be damaged while everything else goes on.
 */
@Singleton
final class ShareProbe {

    private static final String ISSUE = "corrupt_filesystem";
    private static final String CONTEXT = "system";
    /** The kernel's words for EBADMSG, which upstream takes for a damaged file system. */
    private static final String BAD_MESSAGE = "Bad message";

    private static final byte[] WRITTEN = "written".getBytes(StandardCharsets.US_ASCII);

    private final Folders folders;
    private final Issues issues;
    private final Health health;

    @Inject
    ShareProbe(Folders folders, Issues issues, Health health) {
        this.folders = folders;
        this.issues = issues;
        this.health = health;
    }

    void look() {
        Optional<IOException> fault = fault();
        if (fault.isEmpty()) {
            issues.solve(ISSUE, CONTEXT, null);
            return;
        }
        String why = "The share " + folders.root() + " cannot be written and read: " + reason(fault.get());
        issues.report(new Finding(ISSUE, CONTEXT, Optional.empty(), Map.of(), List.of(), why));
        if (isDamage(fault.get())) {
            health.complain("oserror_bad_message", why);
        }
    }

    /** Whether the kernel calls the file system damaged. */
    static boolean isDamage(IOException fault) {
        return String.valueOf(reason(fault)).contains(BAD_MESSAGE);
    }

    private Optional<IOException> fault() {
        Path probe = null;
        try {
            probe = Files.createTempFile(folders.root(), ".probe-", "");
            Files.write(probe, WRITTEN);
            if (!Arrays.equals(Files.readAllBytes(probe), WRITTEN)) {
                return Optional.of(new IOException("what was written is not what is read"));
            }
            Files.delete(probe);
            return Optional.empty();
        } catch (IOException fault) {
            return Optional.of(fault);
        }
    }

    private static String reason(IOException fault) {
        return fault instanceof FileSystemException named && named.getReason() != null
                ? named.getReason()
                : fault.getClass().getSimpleName() + " " + fault.getMessage();
    }
}
