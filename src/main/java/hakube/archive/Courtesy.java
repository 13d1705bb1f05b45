package hakube.archive;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lets everybody else go first: a thread that compresses or sums up takes what is left of the processor, and all of it when nobody wants it. Java's
 * own priorities have no effect on Linux.
 *
 * <p>One object is for one thread at a time, which works in steps. A processor that always has something to do takes no work from another
 * one, so that two who want to run wait for each other behind a thread that wants it least: whoever was made to wait again and again rests
 * a moment after a step, and its processor looks around.
 */
final class Courtesy {

    private static final Logger LOG = Logger.getLogger(Courtesy.class.getName());

    /** {@code SCHED_IDLE}: whoever wakes up has the processor at once, and does not wait for the end of a turn as with a nice value. */
    private static final int IDLE = 5;

    /** With 0 for the process Linux takes the calling thread alone (sched_setscheduler(2)). */
    private static final int THIS_THREAD = 0;

    /** {@code RUSAGE_THREAD} (getrusage(2)). */
    private static final int USAGE_OF_THREAD = 1;

    /** Octets of {@code struct rusage}, and where its {@code ru_nivcsw} is: how often somebody else had to have the processor. */
    private static final long USAGE = 144;

    private static final long INVOLUNTARY_SWITCHES = 136;

    /** In a step: fewer are the threads that read and write for those that compress. */
    private static final int MANY = 2;

    /** After so many steps in which nobody pressed it works on without a rest. */
    private static final int PATIENCE = 32;

    private static final long REST_NANOS = 100_000;

    private static final Optional<MethodHandle> SET_SCHEDULER = find(
            "sched_setscheduler",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    private static final Optional<MethodHandle> GET_USAGE =
            find("getrusage", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

    private final LongSupplier switches;
    private long before;
    private int restsLeft;

    Courtesy() {
        this(counter());
    }

    /** @param switches how often somebody else had to have the processor of the calling thread so far */
    Courtesy(LongSupplier switches) {
        this.switches = switches;
    }

    /** Platform threads that let everybody else go first. @param name before their numbers */
    static ThreadFactory threads(String name) {
        ThreadFactory threads = Thread.ofPlatform().name(name, 0).daemon().factory();
        return work -> threads.newThread(() -> {
            ofThisThread();
            work.run();
        });
    }

    /** From now on, for the platform thread that calls; where that cannot be it stays as it was. */
    static void ofThisThread() {
        if (SET_SCHEDULER.isEmpty()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment priority = arena.allocate(ValueLayout.JAVA_INT);
            int refused = (int) SET_SCHEDULER.get().invokeExact(THIS_THREAD, IDLE, priority);
            if (refused != 0) {
                LOG.fine("The threads that compress and sum up are as important as all others");
            }
        } catch (Throwable failure) {
            LOG.log(Level.FINE, "The threads that compress and sum up are as important as all others", failure);
        }
    }

    /** The first step begins. */
    void begin() {
        before = switches.getAsLong();
    }

    /** A step is over. @return whether this thread has rested */
    boolean step() {
        long now = switches.getAsLong();
        restsLeft = now - before >= MANY ? PATIENCE : Math.max(0, restsLeft - 1);
        before = now;
        if (restsLeft > 0) {
            LockSupport.parkNanos(REST_NANOS);
        }
        return restsLeft > 0;
    }

    private static LongSupplier counter() {
        MemorySegment usage = Arena.ofAuto().allocate(USAGE, ValueLayout.JAVA_LONG.byteAlignment());
        return () -> switches(usage);
    }

    private static long switches(MemorySegment usage) {
        if (GET_USAGE.isEmpty()) {
            return 0;
        }
        try {
            int refused = (int) GET_USAGE.get().invokeExact(USAGE_OF_THREAD, usage);
            return refused == 0 ? usage.get(ValueLayout.JAVA_LONG, INVOLUNTARY_SWITCHES) : 0;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<MethodHandle> find(String function, FunctionDescriptor shape) {
        try {
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup().find(function).map(address -> linker.downcallHandle(address, shape));
        } catch (RuntimeException | LinkageError forbidden) {
            LOG.log(Level.FINE, "The threads that compress and sum up are as important as all others", forbidden);
            return Optional.empty();
        }
    }
}
