package hakube.archive;

/** Waiting for a thread that is about to end. */
final class Joining {

    private Joining() {}

    /** Goes on waiting when it is interrupted, and remembers that it was. */
    static void of(Thread thread) {
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
