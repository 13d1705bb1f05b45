package hakube.archive;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lets everybody else go first: a thread that compresses takes what is left of the processor, and all of it when nobody wants it. Java's
 * own priorities have no effect on Linux.
 */
final class Courtesy {

    private static final Logger LOG = Logger.getLogger(Courtesy.class.getName());

    /** Where all want the processor, a tenth of what a thread of 0 gets: slow, and still on its way. */
    private static final int NICE = 10;

    /** {@code PRIO_PROCESS}; with 0 for the process Linux takes the calling thread alone (setpriority(2)). */
    private static final int THIS_THREAD = 0;

    private static final Optional<MethodHandle> SET_PRIORITY = find();

    private Courtesy() {}

    /** From now on, for the platform thread that calls; where that cannot be it stays as it was. */
    static void ofThisThread() {
        if (SET_PRIORITY.isEmpty()) {
            return;
        }
        try {
            int refused = (int) SET_PRIORITY.get().invokeExact(THIS_THREAD, 0, NICE);
            if (refused != 0) {
                LOG.fine("The threads that compress are as important as all others");
            }
        } catch (Throwable failure) {
            LOG.log(Level.FINE, "The threads that compress are as important as all others", failure);
        }
    }

    private static Optional<MethodHandle> find() {
        try {
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup()
                    .find("setpriority")
                    .map(function -> linker.downcallHandle(
                            function,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT)));
        } catch (RuntimeException | LinkageError forbidden) {
            LOG.log(Level.FINE, "The threads that compress are as important as all others", forbidden);
            return Optional.empty();
        }
    }
}
