package hakube.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks both sides of a WebSocket for a sign of life from time to time, and ends it when one gives none. */
final class Pulse {

    private static final byte[] NOTHING = {};

    private final Side client;
    private final Side far;
    private final Times times;
    private final Signal over;

    /**
     * How long is waited (upstream {@code supervisor/api/proxy.py}, 2026-08, but for the last).
     *
     * @param admission for the client to be let in
     * @param between from one question to the next
     * @param answer for the sign of life
     * @param message for the rest of a client's large message, since others may wait to send theirs
     */
    record Times(Duration admission, Duration between, Duration answer, Duration message) {
        static final Times USUAL = new Times(
                Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    /** @param over is given when there is nothing to ask for any more */
    Pulse(Side client, Side far, Times times, Signal over) {
        this.client = client;
        this.far = far;
        this.times = times;
        this.over = over;
    }

    /** Returns when it is over, or when one of them is dead: false then. */
    boolean beats() {
        boolean alive = true;
        while (alive && !isOver(times.between())) {
            alive = areAlive();
        }
        return alive;
    }

    private boolean areAlive() {
        client.reader().forget();
        far.reader().forget();
        long toClient = client.writer().written();
        long toFar = far.writer().written();
        AtomicBoolean isAsked = ask(client.writer());
        ask(far.writer());
        if (isOver(times.answer())) {
            return true;
        }
        // Who takes a long message hears the question behind it; who waits for the other side reads nothing.
        boolean takes = !isAsked.get() && client.writer().written() != toClient;
        boolean isClientAlive =
                client.reader().hasHeard() || takes || far.writer().written() - toFar > MOST_ASKED;
        return isClientAlive && (far.reader().hasHeard() || takes);
    }

    /** The octets of a question itself. */
    private static final int MOST_ASKED = 6;

    /** On a thread of its own: a side that takes nothing must not keep us. */
    private static AtomicBoolean ask(FrameWriter side) {
        AtomicBoolean done = new AtomicBoolean();
        Thread.ofVirtual().name("relay-ping").start(() -> {
            try {
                side.whole(FrameWriter.FINAL | FrameWriter.PING, NOTHING);
                done.set(true);
            } catch (IOException gone) {
                // It gives no sign of life.
            }
        });
        return done;
    }

    private boolean isOver(Duration patience) {
        return over.comesWithin(patience) || Thread.currentThread().isInterrupted();
    }
}
