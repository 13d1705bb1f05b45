package hakube.logs;

import io.helidon.common.context.Contexts;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Watches the client of the request that a thread serves. A server notices that a client has gone when it writes, and a silent
 * log gives nothing to write.
 */
final class Client implements AutoCloseable {

    private final Thread serving = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean isOver;
    private boolean hasLeft;

    private Client() {}

    /**
     * From now on until {@link #close}, this thread is interrupted as soon as its client goes. The connection serves no other
     * request afterwards, since what the client sends meanwhile is lost. A thread that serves nobody is not watched.
     */
    static Client watch() {
        Client client = new Client();
        Contexts.context().flatMap(context -> context.get(ServerResponse.class)).ifPresent(response -> {
            response.header(HeaderValues.CONNECTION_CLOSE);
            HelidonSocket socket = ClientSocket.of(response);
            Thread.ofVirtual().name("log-client").start(() -> client.awaitEnd(socket));
        });
        return client;
    }

    /** To be called by the thread that began; it is not interrupted any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            isOver = true;
            if (hasLeft && Thread.currentThread().equals(serving)) {
                // What follows is the server's own, which takes an interruption for a fault.
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitEnd(HelidonSocket socket) {
        try {
            while (!isOver() && isOpen(socket)) {
                // Each read ends with word from the client, with its end, or with the server's read time-out.
            }
        } finally {
            leave();
        }
    }

    private static boolean isOpen(HelidonSocket socket) {
        try {
            return socket.get() != null;
        } catch (UncheckedIOException failure) {
            return failure.getCause() instanceof SocketTimeoutException;
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return isOver;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            if (!isOver) {
                hasLeft = true;
                serving.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
