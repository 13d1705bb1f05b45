package hakube.logs;

import hakube.api.ApiFailure;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** The clients that follow logs: so many at most, since each holds a connection to the API server, and each watched. */
final class Followers {

    private static final int MOST = 32;

    private final Semaphore places = new Semaphore(MOST);

    /**
     * Takes the client of this thread's request in.
     *
     * @return closes {@code stream} and gives the place back
     * @throws ApiFailure.Unavailable there is no place
     */
    Closeable admit(Closeable stream) {
        if (!places.tryAcquire()) {
            throw new ApiFailure.Unavailable(
                    "Too many logs are followed already, at most " + MOST + " are: close one first", null, null);
        }
        Client client = watch();
        AtomicBoolean isClosed = new AtomicBoolean();
        return () -> {
            if (!isClosed.getAndSet(true)) {
                leave(stream, client);
            }
        };
    }

    /** How many there are. */
    int present() {
        return MOST - places.availablePermits();
    }

    private Client watch() {
        try {
            return Client.watch();
        } catch (RuntimeException failure) {
            places.release();
            throw failure;
        }
    }

    private void leave(Closeable stream, Client client) throws IOException {
        try (client) {
            stream.close();
        } finally {
            places.release();
        }
    }
}
