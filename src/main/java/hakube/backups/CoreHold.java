package hakube.backups;

import hakube.api.ApiFailure;
import hakube.link.CoreAway;
import hakube.link.CoreLink;
import hakube.storage.AtomicWrite;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has Core hold its database still while its files are copied (upstream {@code supervisor/homeassistant/module.py},
 * {@code begin_backup} and {@code end_backup}, 2026-08). A file on the claim remembers it, so that a Core is let go whose Supervisor
 * has died.
 */
@Singleton
final class CoreHold {

    private static final Logger LOG = Logger.getLogger(CoreHold.class.getName());

    /** Core locks its database and asks every integration. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A Core that is not back by then has been started anew, and holds nothing. */
    private static final int TRIES = 180;

    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** Whoever is told. */
    interface Core {
        void command(String type, Duration limit) throws CoreAway;
    }

    private final Path mark;
    private final Core core;
    private final BooleanSupplier isUp;
    private final Duration pause;
    private final ReentrantLock changing = new ReentrantLock();
    /** By this process, so that what an earlier one left is no matter any more. */
    private boolean isOurs;

    @Inject
    CoreHold(Folders folders, CoreLink link) {
        this(folders, (type, limit) -> link.command(type, Map.of(), limit), link::isUp, PAUSE);
    }

    /** @param pause between two looks for a Core that is away */
    CoreHold(Folders folders, Core core, BooleanSupplier isUp, Duration pause) {
        this.mark = folders.of("core-hold.json");
        this.core = core;
        this.isUp = isUp;
        this.pause = pause;
    }

    /** @throws ApiFailure.BadRequest Core is not running, or refuses: then there is nothing to end */
    void begin() {
        changing.lock();
        try {
            isOurs = true;
            AtomicWrite.write(mark, "{}".getBytes(StandardCharsets.UTF_8));
            core.command("backup/start", LIMIT);
        } catch (CoreAway failure) {
            if (failure.getCause() instanceof TimeoutException) {
                // It may have begun all the same.
                end();
            } else {
                forget();
            }
            throw new ApiFailure.BadRequest(
                    "Home Assistant Core could not be prepared for a backup: " + failure.getMessage(), failure);
        } finally {
            changing.unlock();
        }
    }

    /** Lets it go on; a failure is logged. */
    void end() {
        try {
            core.command("backup/end", LIMIT);
        } catch (CoreAway failure) {
            LOG.warning(() -> "Home Assistant Core was not told that its backup has ended: " + failure.getMessage());
        }
        forget();
    }

    /** Lets a Core go that an earlier process has left so; goes on behind the caller's back until Core is there. */
    void recover() {
        if (Files.exists(mark)) {
            Thread.ofVirtual().name("core-hold").start(this::endWhenUp);
        }
    }

    private void endWhenUp() {
        try {
            for (int tries = 0; tries < TRIES && !isUp.getAsBoolean(); tries++) {
                Thread.sleep(pause);
            }
            endTheirs();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException failure) {
            LOG.log(Level.WARNING, "What was left of a backup of Home Assistant is still there", failure);
        }
    }

    /** A backup that has begun meanwhile must not be ended in its middle; it ends by itself. */
    private void endTheirs() {
        changing.lock();
        try {
            if (!isOurs) {
                LOG.warning(
                        "The Supervisor ended in the middle of Home Assistant's backup, Core is told that it is over");
                end();
            }
        } finally {
            changing.unlock();
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + mark, e);
        }
    }
}
