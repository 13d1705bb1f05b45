package hakube.supervisor;

import jakarta.inject.Singleton;

/** Ends the process in good order; a seam, so that a test outlives it. */
interface Exit {

    /** Does not return before the end, so it is for a thread of its own. */
    void run();

    /** As SIGTERM does: what is being answered is answered, and the code is 0. */
    @Singleton
    final class OfProcess implements Exit {

        @Override
        public void run() {
            System.exit(0);
        }
    }
}
