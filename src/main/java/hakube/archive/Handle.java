package hakube.archive;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A hold on one file, directory or link itself, whatever becomes of its name. Taking it neither waits, as opening a pipe does, nor
 * follows a link, nor has it an effect on a device; what is held is looked at, read and descended into by {@link #path}.
 *
 * <p>Java has no such thing, and whoever may write where a backup is made could have it wait for ever, or read what is outside, by
 * exchanging a name between the look and the opening. So this asks the C library: {@code open} with {@code O_PATH}.
 */
final class Handle implements Closeable {

    /** Where the paths of all handles are. */
    static final String FOLDER = "/proc/self/fd/";

    private static final int O_PATH = 0x200000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_NOFOLLOW = System.getProperty("os.arch").equals("aarch64") ? 0x8000 : 0x20000;

    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int ENOTDIR = 20;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle OPEN = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("close"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final int descriptor;
    private final Path path;

    private Handle(int descriptor) {
        this.descriptor = descriptor;
        path = Path.of(FOLDER + descriptor);
    }

    /** @throws NoSuchFileException it has vanished */
    static Handle of(Path file) throws IOException {
        byte[] name = RawName.of(file).bytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(name.length + 1L);
            MemorySegment.copy(name, 0, text, ValueLayout.JAVA_BYTE, 0, name.length);
            MemorySegment captured = arena.allocate(CAPTURED);
            int descriptor = (int) OPEN.invokeExact(captured, text, O_PATH | O_CLOEXEC | O_NOFOLLOW);
            if (descriptor < 0) {
                throw failure(file, (int) ERRNO.get(captured, 0L));
            }
            return new Handle(descriptor);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A name for it that stays true until it is closed. */
    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            int done = (int) CLOSE.invokeExact(descriptor);
            assert done == 0;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static FileSystemException failure(Path file, int errno) {
        return switch (errno) {
            case ENOENT, ENOTDIR -> new NoSuchFileException(file.toString());
            case EACCES -> new AccessDeniedException(file.toString());
            default -> new FileSystemException(file.toString(), null, "it cannot be opened: error " + errno);
        };
    }
}
