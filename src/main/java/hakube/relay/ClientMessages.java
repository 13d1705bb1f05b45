package hakube.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Passes a client's messages on, each as a whole, since only then it is known what it is. Large ones are held by a few clients at a time,
 * and not for long, so that memory has a bound and everybody's turn comes.
 */
final class ClientMessages implements AutoCloseable {

    private static final int SMALL = 1024;
    private static final int USUAL = 64 * 1024;
    private static final int MOST = Frames.HEAD + Mediation.LARGEST_OF_CLIENT;
    private static final Semaphore LARGE = new Semaphore(4);
    private static final long PATIENCE_SECONDS = 10;

    private final Side client;
    private final FrameWriter far;
    private final Mediator mediator;
    private final Duration patience;
    private byte[] room = new byte[SMALL];
    private int length;
    private int opcode;
    private boolean isLarge;
    /** Since when it is a large one. */
    private long since;

    /** @param patience for the rest of a large message */
    ClientMessages(Side client, FrameWriter far, Mediator mediator, Duration patience) {
        this.client = client;
        this.far = far;
        this.mediator = mediator;
        this.patience = patience;
    }

    /** Until one side ends it. */
    void pass() throws IOException {
        FrameReader reader = client.reader();
        while (true) {
            reader.next();
            if (reader.opcode() >= FrameWriter.CLOSE) {
                client.control();
                checkTime();
            } else {
                opcode = reader.opcode() == 0 ? opcode : reader.opcode();
                collect(reader);
                if (reader.isFinal()) {
                    deliver();
                    close();
                }
            }
        }
    }

    /** Nothing is held any more. */
    @Override
    public void close() {
        length = 0;
        if (room.length > SMALL) {
            room = new byte[SMALL];
        }
        if (isLarge) {
            isLarge = false;
            LARGE.release();
        }
    }

    /** What is not there takes no memory yet, whatever a frame calls its length. */
    private void collect(FrameReader reader) throws IOException {
        while (reader.left() > 0) {
            int at = Frames.HEAD + length;
            if (at == room.length) {
                grow();
            }
            length += reader.read(room, at, room.length - at);
            checkTime();
        }
    }

    /** Whoever sends nothing at all gives no sign of life either ({@link Pulse}). */
    private void checkTime() throws Frames.Fault {
        if (isLarge && System.nanoTime() - since > patience.toNanos()) {
            throw new Frames.Fault(Frames.TRY_LATER, "a large message does not come to its end");
        }
    }

    private void grow() throws IOException {
        int wanted = Math.min(room.length * 4, MOST);
        if (wanted > USUAL && !isLarge) {
            isLarge = isLargeFree();
            if (!isLarge) {
                throw new Frames.Fault(Frames.TRY_LATER, "too many large messages at once");
            }
            since = System.nanoTime();
        }
        room = Arrays.copyOf(room, wanted);
    }

    private void deliver() throws IOException {
        List<String> objections = opcode == FrameWriter.TEXT
                ? mediator.objections(new String(room, Frames.HEAD, length, StandardCharsets.UTF_8))
                : List.of();
        if (objections.isEmpty()) {
            far.whole(FrameWriter.FINAL | opcode, room, length);
        }
        for (String objection : objections) {
            client.say(objection);
        }
    }

    private static boolean isLargeFree() {
        try {
            return LARGE.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
