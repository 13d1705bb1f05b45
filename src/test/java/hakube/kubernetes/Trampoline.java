package hakube.kubernetes;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs on the caller's own thread, one after the other: what a task starts runs when the task has ended. */
final class Trampoline implements Executor {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean isRunning;

    @Override
    public synchronized void execute(Runnable task) {
        waiting.add(task);
        if (isRunning) {
            return;
        }
        isRunning = true;
        try {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                next.run();
            }
        } finally {
            isRunning = false;
        }
    }
}
