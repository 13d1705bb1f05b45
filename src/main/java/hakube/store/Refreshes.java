package hakube.store;

import hakube.api.ApiFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Asks repositories what is new, some at a time, one round at a time. */
final class Refreshes {

    private static final Logger LOG = Logger.getLogger(Refreshes.class.getName());
    /** Upstream's, {@code supervisor/misc/tasks.py}, 2026-08. */
    private static final Duration PERIOD = Duration.ofHours(3);

    private static final int AT_ONCE = 8;
    /** Home Assistant waits 5 min for a reload. */
    private static final Duration PATIENCE = Duration.ofSeconds(290);

    private final Predicate<RepositoryState> refresh;
    private final Consumer<Set<String>> publish;
    private final ReentrantLock round = new ReentrantLock();
    private volatile Thread clock = Thread.ofVirtual().unstarted(() -> {});

    /**
     * @param refresh whether something is new; tells of its own faults
     * @param publish gets the slugs of what is new
     */
    Refreshes(Predicate<RepositoryState> refresh, Consumer<Set<String>> publish) {
        this.refresh = refresh;
        this.publish = publish;
    }

    /** From now on, every three hours, until {@link #end}. */
    void begin(Supplier<List<RepositoryState>> all) {
        clock = Thread.ofVirtual().name("store-refresh").start(() -> {
            try {
                while (true) {
                    quietly(all.get());
                    Thread.sleep(PERIOD);
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void end() {
        clock.interrupt();
    }

    /** Returns when all have answered or were given up; what is new is published together. */
    void now(List<RepositoryState> some) {
        alone(() -> {
            Set<String> changed = ConcurrentHashMap.newKeySet();
            run(some, changed::add);
            if (!changed.isEmpty()) {
                publish.accept(changed);
            }
        });
    }

    /** On a thread of its own. */
    void later(List<RepositoryState> some) {
        if (!some.isEmpty()) {
            Thread.ofVirtual().name("store-refresh-again").start(() -> quietly(some));
        }
    }

    /** What is new is published as it comes: one that hangs holds up no other. */
    private void quietly(List<RepositoryState> some) {
        try {
            alone(() -> run(some, slug -> publish.accept(Set.of(slug))));
        } catch (ApiFailure busy) {
            LOG.info(() -> "The store is not refreshed: " + busy.getMessage());
        }
    }

    private void run(List<RepositoryState> some, Consumer<String> isNew) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Semaphore places = new Semaphore(AT_ONCE);
        List<Thread> threads = some.stream()
                .map(one -> Thread.ofVirtual().name("refresh-" + one.slug()).start(() -> run(one, places, isNew)))
                .toList();
        try {
            for (Thread thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    LOG.warning(() ->
                            thread.getName() + " is not done after " + PATIENCE.toSeconds() + " s and goes on alone");
                }
            }
        } catch (InterruptedException ended) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    private void run(RepositoryState one, Semaphore places, Consumer<String> isNew) {
        try {
            places.acquire();
            try {
                if (refresh.test(one)) {
                    isNew.accept(one.slug());
                }
            } finally {
                places.release();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            LOG.log(Level.SEVERE, "Repository " + one.slug() + " cannot be refreshed", fault);
        }
    }

    private void alone(Runnable work) {
        boolean isMine = false;
        try {
            isMine = round.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        if (!isMine) {
            throw new ApiFailure.BadRequest("Another job is running for job group store");
        }
        try {
            work.run();
        } finally {
            round.unlock();
        }
    }
}
