package hakube.kubernetes;

import hakube.api.ApiFailure;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The calls to a {@link FakeCluster}: which of them fail, what comes between, and who is told of the writes. */
final class FakeCalls {

    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, ApiFailure> failures = new ConcurrentHashMap<>();
    private final Map<String, Runnable> interruptions = new ConcurrentHashMap<>();
    private final Queue<ApiFailure> nextFailures = new ArrayDeque<>();

    List<String> writes() {
        return List.copyOf(writes);
    }

    void forgetWrites() {
        writes.clear();
    }

    void onWrite(Consumer<String> listener) {
        listeners.add(listener);
    }

    void failNext(ApiFailure failure) {
        nextFailures.add(failure);
    }

    void failOn(String call, ApiFailure failure) {
        failures.put(call, failure);
    }

    void recover() {
        failures.clear();
        nextFailures.clear();
    }

    void before(String call, Runnable interruption) {
        interruptions.put(call, interruption);
    }

    /** Before a call that changes nothing. */
    void read(String call) {
        begin(call);
    }

    /** Before a write; {@link #done} follows. */
    void write(String call) {
        begin(call);
        writes.add(call);
    }

    void done(String call) {
        listeners.forEach(listener -> listener.accept(call));
    }

    private void begin(String call) {
        List.copyOf(interruptions.keySet()).stream().filter(call::startsWith).forEach(begin -> {
            Runnable interruption = interruptions.remove(begin);
            if (interruption != null) {
                interruption.run();
            }
        });
        ApiFailure next = nextFailures.poll();
        if (next != null) {
            throw next;
        }
        failures.forEach((begin, failure) -> {
            if (call.startsWith(begin)) {
                throw failure;
            }
        });
    }
}
