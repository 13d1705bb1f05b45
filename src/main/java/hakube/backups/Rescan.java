package hakube.backups;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads the folders in the background, one time after the other. Who asks while they are read gets the next time, together with all
 * who ask meanwhile: what was put there before the question is seen in any case, and no more than one time ever waits.
 */
final class Rescan {

    private static final Logger LOG = Logger.getLogger(Rescan.class.getName());

    private final Runnable reading;
    private final Executor background;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> waiting;

    Rescan(Runnable reading, Executor background) {
        this.reading = reading;
        this.background = background;
    }

    /** @return ends with a reading that begins after this call, exceptionally when that fails, which then stands in the log */
    synchronized CompletableFuture<Void> ask() {
        if (waiting == null) {
            waiting = last.handle((nothing, failure) -> nothing).thenRunAsync(this::run, background);
            last = waiting;
        }
        return waiting;
    }

    private void run() {
        synchronized (this) {
            waiting = null;
        }
        try {
            reading.run();
        } catch (RuntimeException | Error fault) {
            // Not everybody who asks looks at the end.
            LOG.log(Level.SEVERE, "The backup folders could not be read: the list stays as it was", fault);
            throw fault;
        }
    }
}
