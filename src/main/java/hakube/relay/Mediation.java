package hakube.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A WebSocket between a client and the far side, with a {@link Mediator} between them: each side logs in with us, then messages pass, the
 * client's as far as they may.
 */
final class Mediation {

    private static final Logger LOG = Logger.getLogger(Mediation.class.getName());

    /** Of the contract, for a message (ingress and proxy, 3.4). */
    static final int LARGEST_OF_CLIENT = 4 * 1024 * 1024;

    private static final long LARGEST_OF_FAR = 64L * 1024 * 1024;

    private static final int NORMAL = 1000;
    private static final int INTERNAL_ERROR = 1011;
    private static final Duration LOGIN = Duration.ofSeconds(10);

    private final ClientWire wire;
    private final Lookout.Watch watch;
    private final Buffers buffers;
    private final Mediator mediator;
    private final Pulse.Times times;
    private final Side client;

    Mediation(ClientWire wire, Lookout.Watch watch, Buffers buffers, Mediator mediator, Pulse.Times times) {
        this.wire = wire;
        this.watch = watch;
        this.buffers = buffers;
        this.mediator = mediator;
        this.times = times;
        this.client =
                new Side(new FrameReader(wire::read, true, LARGEST_OF_CLIENT), new FrameWriter(wire::write, false));
    }

    /** Returns when it is over; then the connection is of no use any more. */
    void run(FarConnections connections, Duration farewell) {
        try {
            Errand errand = admitted();
            try (FarConnection connection = connections.fresh(errand.far(), errand.layer())) {
                Side far = loggedIn(errand, connection);
                pass(far, connection, farewell);
            } catch (IOException | IllegalArgumentException failure) {
                LOG.log(Level.WARNING, () -> "No WebSocket to the far side: " + failure.getMessage());
                client.writer().close(INTERNAL_ERROR);
            }
        } catch (Frames.Fault fault) {
            client.writer().close(fault.code());
        } catch (Side.Farewell end) {
            client.writer().close(end.code());
        } catch (Mediator.Busy busy) {
            client.writer().close(Frames.TRY_LATER);
        } catch (IOException refused) {
            LOG.fine(() -> "A WebSocket is not let in: " + refused.getMessage());
            client.writer().close(NORMAL);
        }
        wire.cut();
    }

    private Errand admitted() throws IOException {
        Signal done = new Signal();
        Thread.ofVirtual().name("relay-admission").start(() -> {
            if (!done.comesWithin(times.admission())) {
                client.writer().close(NORMAL);
                wire.cut();
            }
        });
        try {
            return mediator.admit(client);
        } finally {
            done.give();
        }
    }

    private Side loggedIn(Errand errand, FarConnection connection) throws IOException {
        watch.over(connection);
        watch.endsWithin(LOGIN);
        WebSocketHandshake.fresh().with(connection, errand);
        connection.shrink();
        Side far = new Side(
                new FrameReader(connection::read, false, LARGEST_OF_FAR),
                new FrameWriter((bytes, offset, length) -> watch.write(connection, bytes, offset, length), true));
        mediator.logIn(far);
        watch.endsWithin(Duration.ZERO);
        return far;
    }

    private void pass(Side far, FarConnection connection, Duration farewell) {
        Signal over = new Signal();
        Signal fromFar = new Signal();
        Thread messages = Thread.ofVirtual().name("relay-messages").start(() -> {
            try {
                untilEnd(far.writer(), client.writer(), new FarMessages(far, client.writer(), buffers)::pass);
            } finally {
                fromFar.give();
                over.give();
            }
        });
        Thread commands = Thread.ofVirtual().name("relay-commands").start(() -> {
            try (ClientMessages passing = new ClientMessages(client, far.writer(), mediator, times.message())) {
                untilEnd(client.writer(), far.writer(), passing::pass);
            } finally {
                over.give();
            }
        });
        boolean isAlive = new Pulse(client, far, times, over).beats();
        if (isAlive) {
            // The other direction gets time for its last messages.
            fromFar.comesWithin(farewell);
        }
        connection.close();
        wire.cut();
        join(commands, messages);
    }

    private interface Passing {
        void run() throws IOException;
    }

    /** Whoever is left is told why. */
    private static void untilEnd(FrameWriter source, FrameWriter target, Passing passing) {
        try {
            passing.run();
        } catch (Frames.Fault fault) {
            source.close(fault.code());
            target.close(fault.code());
        } catch (Side.Farewell end) {
            source.close(end.code());
            target.close(end.code());
        } catch (IOException gone) {
            source.close(INTERNAL_ERROR);
            target.close(INTERNAL_ERROR);
        }
    }

    private static void join(Thread... threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
