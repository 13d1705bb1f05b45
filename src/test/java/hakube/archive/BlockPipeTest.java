package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.LiveThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two pipes, one behind the other, with the encryption between them: as a part is written. */
class BlockPipeTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MIB = 1024 * 1024;
    private static final int MANY = 64;

    private final Digesters digesters = new Digesters(2);
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();

    @AfterEach
    void end() {
        digesters.close();
    }

    @Test
    void aTargetThatFailsEndsTheEncryptionBeforeIt() {
        BlockPipe stored = stored(octets -> {
            if (octets > 3 * MIB) {
                throw new IOException("the disk is broken");
            }
        });
        BlockPipe content = encrypted(stored);

        IOException failure =
                assertTimeoutPreemptively(LIMIT, () -> assertThrows(IOException.class, () -> write(content, MANY)));

        assertEquals("the disk is broken", failure.getMessage());
        assertTimeoutPreemptively(LIMIT, content::abort);
        assertTimeoutPreemptively(LIMIT, stored::abort);
        assertEquals(3L * MIB, written.get());
        assertEquals(0, closed.get());
    }

    /** What was given up is cut off the file, so nothing may come afterwards. */
    @Test
    void nothingIsWrittenOnceItIsGivenUp() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        BlockPipe stored = stored(octets -> {
            writing.countDown();
            await(goOn);
        });
        BlockPipe content = encrypted(stored);
        // As much as is taken while the target does not go on.
        write(content, 1);
        content.fill(2 * Block.SIZE);
        assertTimeoutPreemptively(LIMIT, () -> writing.await());

        Thread abort = Thread.ofPlatform().start(() -> {
            content.abort();
            stored.abort();
        });
        while (abort.isAlive() && abort.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertTrue(abort.isAlive(), "it waits for what is just being written");
        goOn.countDown();
        assertTimeoutPreemptively(LIMIT, () -> abort.join());

        assertEquals(List.of(), LiveThreads.named("backup-writer"));
        assertEquals(0, closed.get());
    }

    private interface Check {
        void before(long octets) throws IOException;
    }

    private BlockPipe stored(Check check) {
        return digesters.before(
                new OutputStream() {
                    @Override
                    public void write(int octet) {
                        throw new UnsupportedOperationException("blocks are written");
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        check.before(written.get() + length);
                        written.addAndGet(length);
                    }

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                },
                new BlockDigest());
    }

    private static BlockPipe encrypted(BlockPipe stored) {
        SecretStream stream = new SecretStream(new byte[RootKey.LENGTH], new byte[SecretStream.HEADER]);
        return new BlockPipe(new PlainStage(new SecretOutput(stored, stream)), 4);
    }

    private static void write(BlockPipe pipe, int mib) throws IOException {
        for (int i = 0; i < mib; i++) {
            pipe.write(new byte[MIB], 0, MIB);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
