package hakube.host;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A question that may take long or, to storage that is away, for ever. It is asked once at a time: whoever comes while it is
 * being asked waits for the same answer, so that a share that hangs holds one thread and not one for each request.
 */
final class JointQuestion<T> {

    private final String name;
    private final Callable<T> question;
    private CompletableFuture<T> asked = CompletableFuture.completedFuture(null);

    /** @param name of the thread that asks */
    JointQuestion(String name, Callable<T> question) {
        this.name = name;
        this.question = question;
    }

    /** Begins to ask, unless that is being done. */
    synchronized CompletableFuture<T> ask() {
        if (asked.isDone()) {
            CompletableFuture<T> begun = new CompletableFuture<>();
            // No virtual thread: one that waits for storage would hold a carrier.
            Thread.ofPlatform().daemon().name(name).start(() -> answer(begun));
            asked = begun;
        }
        return asked;
    }

    /**
     * Asks and waits; the asking itself goes on when the time is over.
     *
     * @return the answer, empty when the time is over
     * @throws ExecutionException the question failed; the cause says how
     */
    Optional<T> answer(Duration limit) throws ExecutionException {
        try {
            return Optional.of(ask().get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void answer(CompletableFuture<T> begun) {
        try {
            begun.complete(question.call());
        } catch (Throwable fault) {
            // An error as well: a question without an end would never be asked again.
            begun.completeExceptionally(fault);
        }
    }
}
