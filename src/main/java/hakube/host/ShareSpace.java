package hakube.host;

import hakube.api.ApiFailure;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** How much the shared claim's file system holds, as statfs says. */
@Singleton
final class ShareSpace {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** Asks the file system. */
    interface Gauge {
        Space read() throws IOException;
    }

    private final Path root;
    private final JointQuestion<Space> question;
    private final Duration limit;
    private volatile Optional<Space> last = Optional.empty();

    @Inject
    ShareSpace(Folders folders) {
        this(folders.root(), () -> read(folders.root()), LIMIT);
    }

    ShareSpace(Path root, Gauge gauge, Duration limit) {
        this.root = root;
        this.question = new JointQuestion<>("share-space", gauge::read);
        this.limit = limit;
    }

    /**
     * The figures of now, or the last ones where the storage does not answer within 3 s.
     *
     * @throws ApiFailure.Unavailable there are none: the share was not reached since the start
     */
    Space now() {
        Exception cause = null;
        try {
            Optional<Space> read = question.answer(limit);
            if (read.isPresent()) {
                last = read;
            }
        } catch (ExecutionException e) {
            cause = e;
        }
        Exception fault = cause;
        return last.orElseThrow(() -> new ApiFailure.Unavailable(
                "The share " + root + " (SUPERVISOR_SHARE) does not say how large it is", null, fault));
    }

    private static Space read(Path root) throws IOException {
        FileStore store = Files.getFileStore(root);
        long total = store.getTotalSpace();
        return new Space(total, total - store.getUnallocatedSpace(), store.getUsableSpace());
    }
}
