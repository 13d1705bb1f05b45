package hakube.kubernetes;

import com.google.gson.JsonObject;
import hakube.api.ApiFailure;
import io.kubernetes.client.common.KubernetesObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Keeps a {@link Copy} like the cluster: a list, then a watch from its version on, again and again. Not the client's
 * informer, which stops in silence after a time-out and lists in a loop after 410 (kubernetes-client/java#1533, #2151).
 */
final class Reflector<T extends KubernetesObject> implements Runnable {

    private static final Logger LOG = Logger.getLogger(Reflector.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** What a watch may take to end after its own time is up. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final int TOO_SHORT_SECONDS = 1;

    private final Kind<T> kind;
    private final Resource resource;
    private final Selection selection;
    private final Copy<T> copy;
    private final ApiServer server;
    private final ObjectCalls calls;
    private final Duration watchTime;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private boolean isSynced;
    private boolean isClosed;
    private boolean isHurried;
    private ApiFailure failure;
    private ApiServer.Pending watching;

    private String version = "";

    Reflector(Kind<T> kind, Copy<T> copy, ApiServer server, ObjectCalls calls, Duration watchTime) {
        this.kind = kind;
        this.resource = Resource.of(kind);
        this.selection = Selection.of(kind);
        this.copy = copy;
        this.server = server;
        this.calls = calls;
        this.watchTime = watchTime;
    }

    @Override
    public void run() {
        int failures = 0;
        while (!isClosed()) {
            try {
                if (version.isEmpty()) {
                    list();
                }
                long began = System.nanoTime();
                watch();
                boolean isShort = System.nanoTime() - began
                        < Duration.ofSeconds(TOO_SHORT_SECONDS).toNanos();
                failures = isShort ? failures + 1 : 0;
            } catch (IOException | RuntimeException fault) { // whatever it is, the watching goes on
                failures++;
                tellFailure(fault, failures);
            }
            if (failures > 0) {
                pause(failures);
            }
        }
    }

    /** Returns when the first list is there; fails with what keeps it from coming. */
    void awaitFirstList(long end) {
        lock.lock();
        try {
            while (!isSynced) {
                long left = end - System.nanoTime();
                if (failure instanceof ApiFailure.MissingPermission) {
                    throw failure;
                }
                if (left <= 0) {
                    throw failure != null
                            ? failure
                            : ApiFailure.Unavailable.cluster("The cluster did not list " + kind.plural(), null);
                }
                progress.awaitNanos(left);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw ApiFailure.Unavailable.cluster("Interrupted while waiting for the cluster", interruption);
        } finally {
            lock.unlock();
        }
    }

    /** Ends a pause; what went wrong before is forgotten. */
    void hurry() {
        lock.lock();
        try {
            failure = null;
            isHurried = true;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            isClosed = true;
            if (watching != null) {
                watching.call().cancel();
            }
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void list() {
        ObjectCalls.Listing listing = calls.list(resource, selection.selector())
                .orElseThrow(() -> ApiFailure.Unavailable.cluster("The cluster has no " + kind.plural(), null));
        List<T> objects = listing.items().stream().map(item -> model(item)).toList();
        copy.replace(objects, listing.resourceVersion());
        version = listing.resourceVersion();
        lock.lock();
        try {
            isSynced = true;
            failure = null;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void watch() throws IOException {
        ApiRequest request = calls.watch(resource, selection.selector(), version, watchTime.toSeconds());
        ApiServer.Pending pending = server.begin(request, watchTime.plus(GRACE));
        holdForClose(pending);
        try (Response response = pending.response().get(ApiServer.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            if (response.code() == Answer.GONE) {
                version = "";
                return;
            }
            if (!response.isSuccessful()) {
                server.answer(request, response).orFail();
            }
            follow(response.body().source());
        } catch (ExecutionException failed) {
            throw server.away(failed.getCause());
        } catch (TimeoutException late) {
            throw server.away(late);
        } catch (InterruptedException interruption) {
            close();
        } finally {
            pending.call().cancel();
        }
    }

    private void follow(BufferedSource lines) throws IOException {
        for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
            JsonObject event = LenientJson.gson().fromJson(line, JsonObject.class);
            JsonObject object = event.getAsJsonObject("object");
            String type = event.get("type").getAsString();
            if (type.equals("ERROR")) {
                // Mostly 410: the version is too old. Whatever it is, a list is right again.
                version = "";
                return;
            }
            String now = ObjectCalls.text(object.getAsJsonObject("metadata"), "resourceVersion");
            switch (type) {
                case "ADDED", "MODIFIED" -> copy.seen(model(object));
                case "DELETED" -> copy.gone(model(object));
                default -> copy.seen(now);
            }
            version = now;
        }
    }

    private T model(JsonObject json) {
        return LenientJson.gson().fromJson(json, kind.type());
    }

    private void holdForClose(ApiServer.Pending pending) {
        lock.lock();
        try {
            watching = pending;
            if (isClosed) {
                pending.call().cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    private void tellFailure(Exception fault, int failures) {
        if (!(fault instanceof ApiFailure) && !(fault instanceof IOException)) {
            version = "";
        }
        lock.lock();
        try {
            if (isClosed) {
                return;
            }
            failure = fault instanceof ApiFailure known ? known : server.away(fault);
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        // Once, not at each try; the cluster's own words are in the failure.
        LOG.log(failures == 2 ? Level.WARNING : Level.FINE, "Watching " + kind.plural() + ": " + fault.getMessage());
    }

    private void pause(int failures) {
        long longest =
                Math.min(LONGEST_PAUSE.toNanos(), FIRST_PAUSE.toNanos() << Math.min(failures - 1, Long.SIZE / 4));
        long left = longest - ThreadLocalRandom.current().nextLong(longest / 4);
        lock.lock();
        try {
            while (left > 0 && !isClosed && !isHurried) {
                left = progress.awaitNanos(left);
            }
            isHurried = false;
        } catch (InterruptedException interruption) {
            isClosed = true;
        } finally {
            lock.unlock();
        }
    }
}
