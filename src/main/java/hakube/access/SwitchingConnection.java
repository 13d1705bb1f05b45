package hakube.access;

import hakube.relay.Takeover;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** A connection of HTTP/1.1 that a request may turn into something else ({@link Takeover}). */
final class SwitchingConnection implements ServerConnection, InterruptableTask<Void> {

    /** Null once it was taken over: nothing of it is kept. */
    private volatile ServerConnection http;

    private volatile Thread thread;

    SwitchingConnection(ServerConnection http) {
        this.http = http;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        requests(limit).run();
    }

    /** What follows when there is no other request. */
    private Runnable requests(Limit limit) throws InterruptedException {
        try {
            http.handle(limit);
            return () -> {};
        } catch (Takeover takeover) {
            thread = Thread.currentThread();
            http = null;
            return takeover.whatFollows();
        }
    }

    @Override
    public boolean canInterrupt() {
        return !(http instanceof InterruptableTask<?> task) || task.canInterrupt();
    }

    /** One that was taken over is never idle: whoever has it sees to its end. */
    @Override
    public Duration idleTime() {
        ServerConnection present = http;
        return present == null ? Duration.ZERO : present.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        ServerConnection present = http;
        if (present != null) {
            present.close(interrupt);
        } else if (interrupt) {
            thread.interrupt();
        }
    }
}
