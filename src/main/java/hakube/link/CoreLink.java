package hakube.link;

import hakube.core.CoreAddress;
import hakube.core.CoreAddresses;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps one WebSocket to Core for as long as there is a Core, and opens it again with a growing delay when it ends; a change of
 * Core's pod ends the delay. After each connection Core is asked where it listens.
 */
@Singleton
public final class CoreLink {

    private static final Logger LOG = Logger.getLogger(CoreLink.class.getName());
    /** The JDK does not always tell that the far side has closed (seen with 25.0.3): a second ping does. */
    private static final Duration PROBE = Duration.ofSeconds(5);

    private final CoreAddresses addresses;
    private final CoreClient client;
    private final AccessTokens tokens;
    private final CoreReport report;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    /** One permit: something changed since the last look. */
    private final Semaphore news = new Semaphore(0);

    private final Thread keeping = Thread.ofVirtual().name("core-link").unstarted(this::keep);
    private volatile CoreSocket socket;
    private volatile boolean isUp;
    private String told = "";

    @Inject
    CoreLink(CoreAddresses addresses, CoreClient client, AccessTokens tokens, CoreReport report) {
        this.addresses = addresses;
        this.client = client;
        this.tokens = tokens;
        this.report = report;
    }

    /** Hears when Core comes and goes, in turns; it must be quick. */
    interface Listener {
        /** Core is running and the connection is open. */
        void up();

        /** It is so no more. */
        void down();
    }

    /** Begins; to be called once, when the watches are synced and Core's options are read. */
    public void begin() {
        addresses.onChange(this::look);
        keeping.start();
    }

    /** Ends for good. */
    public void end() {
        keeping.interrupt();
    }

    /** Whether Core is running and can be asked. */
    public boolean isUp() {
        return isUp;
    }

    /**
     * Sends a command of Core's WebSocket and waits for its result.
     *
     * @param fields beside {@code id} and {@code type}
     * @throws CoreAway there is no connection, or no answer in time, or Core refuses the command
     */
    public JsonValue command(String type, Map<String, ?> fields, Duration limit) throws CoreAway {
        CoreSocket open = socket;
        if (open == null) {
            throw new CoreAway("there is no connection to Core");
        }
        try {
            return open.command(type, fields, limit);
        } catch (CoreSocket.Refused refusal) {
            throw new CoreAway(refusal.getMessage(), refusal);
        }
    }

    /** From now on this one hears; to be called before {@link #begin}. */
    void listen(Listener listener) {
        listeners.add(listener);
    }

    /** The connection as it is now, for those who send one after the other. */
    Optional<CoreSocket> socket() {
        return Optional.ofNullable(socket);
    }

    /** On a thread of the watch. A pod with another address is another Core. */
    private void look() {
        CoreSocket open = socket;
        if (open != null && !addresses.current().equals(Optional.of(open.address()))) {
            open.close();
        }
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    private void keep() {
        Delay delay = new Delay();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    keepOne(delay);
                } catch (RuntimeException fault) {
                    // It ends one connection, and not all that would come.
                    LOG.log(Level.SEVERE, "The link to Home Assistant met a fault, it is made again", fault);
                    pause(delay);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepOne(Delay delay) throws InterruptedException {
        news.drainPermits();
        Optional<CoreAddress> address = addresses.current();
        if (address.isEmpty()) {
            delay.reset();
            news.acquire();
            return;
        }
        if (serve(address.get()) || news.availablePermits() > 0) {
            delay.reset();
        }
        // Also after a good one: a Core that ends each connection at once is not run down.
        pause(delay);
    }

    private void pause(Delay delay) throws InterruptedException {
        news.tryAcquire(delay.next().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns when the connection has ended: whether it was of use. */
    private boolean serve(CoreAddress address) throws InterruptedException {
        try {
            CoreSocket opened = CoreSocket.open(client, tokens, address);
            socket = opened;
            told = "";
            LOG.info(() -> "Connected to Home Assistant " + opened.version() + " by " + address);
            // One that changed while the connection was made would not be noticed otherwise.
            look();
            report.follow();
            while (!opened.ended().isDone()) {
                attend(opened);
            }
            return isUp;
        } catch (CoreAway failure) {
            tell(failure);
            return false;
        } finally {
            leave();
        }
    }

    private void attend(CoreSocket opened) throws InterruptedException {
        if (!isUp && report.isRunning()) {
            isUp = true;
            LOG.info("Home Assistant is running, it is told what happens");
            listeners.forEach(Listener::up);
        }
        Duration pause = isUp ? PROBE : CoreReport.PAUSE;
        if (!isOver(opened, pause) && isUp) {
            opened.probe();
        }
    }

    private static boolean isOver(CoreSocket opened, Duration pause) throws InterruptedException {
        try {
            opened.ended().get(pause.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException notYet) {
            return false;
        } catch (java.util.concurrent.ExecutionException never) {
            return true;
        }
    }

    private void leave() {
        CoreSocket open = socket;
        socket = null;
        if (open != null) {
            open.close();
            LOG.info("The connection to Home Assistant has ended");
        }
        if (isUp) {
            isUp = false;
            listeners.forEach(Listener::down);
        }
    }

    /** The same cause is told once; Core takes a while to start. */
    private void tell(CoreAway failure) {
        if (!failure.getMessage().equals(told)) {
            told = failure.getMessage();
            LOG.info(() -> "No connection to Home Assistant yet: " + failure.getMessage());
            LOG.log(Level.FINE, "No connection to Home Assistant", failure);
        }
    }
}
