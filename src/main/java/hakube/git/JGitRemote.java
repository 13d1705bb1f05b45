package hakube.git;

import hakube.config.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches by JGit, each time on a thread of its own, so that whatever hangs in it holds up nobody. */
@Singleton
public final class JGitRemote implements GitRemote {

    /** What ends by itself when the time is over says why; what does not is left alone. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    static {
        NoOutsideSettings.install();
    }

    /** Objects that others are made from are in memory. */
    private static final int RECEIVING_AT_ONCE = 2;

    private final Semaphore receiving = new Semaphore(RECEIVING_AT_ONCE);
    private final Settings.StoreSettings settings;

    @Inject
    public JGitRemote(Settings settings) {
        this.settings = settings.store();
    }

    @Override
    public Optional<Fetched> fetch(GitAddress address, Optional<String> known, Path work) throws GitFailure {
        CompletableFuture<Optional<Fetched>> result = new CompletableFuture<>();
        Meter meter = new Meter(settings.mostBytes(), settings.time());
        Thread worker = Thread.ofVirtual().name("git " + address.shown()).start(() -> {
            try {
                result.complete(new Fetch(settings, meter, receiving).of(address, known, work));
            } catch (Exception | StackOverflowError failure) {
                result.completeExceptionally(failure);
            }
        });
        try {
            return await(result, worker, meter);
        } catch (ExecutionException failed) {
            throw Failures.of(failed.getCause(), meter);
        } catch (InterruptedException ended) {
            worker.interrupt();
            Thread.currentThread().interrupt();
            throw new GitFailure(GitFailure.Kind.UNREACHABLE, "the Supervisor ends", ended);
        } catch (TimeoutException late) {
            throw Failures.of(meter.outOfTime(), meter);
        }
    }

    /** A thread that is interrupted closes the socket that it waits for. */
    private Optional<Fetched> await(CompletableFuture<Optional<Fetched>> result, Thread worker, Meter meter)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return result.get(settings.time().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            worker.interrupt();
            result.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            throw late;
        }
    }
}
