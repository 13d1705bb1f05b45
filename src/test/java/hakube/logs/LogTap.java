package hakube.logs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A container's log as a kubelet sends it: some lines, then nothing for as long as somebody listens; or lines without end. */
final class LogTap extends InputStream {

    private final byte[] lines;
    private final boolean isEndless;
    private long taken;
    private boolean isAwaited;
    private boolean isClosed;

    /** @param lines without times, which are added */
    private LogTap(boolean isEndless, String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append("2026-11-25T10:00:00Z ").append(line).append('\n');
        }
        this.lines = text.toString().getBytes(StandardCharsets.UTF_8);
        this.isEndless = isEndless;
    }

    static LogTap silentAfter(String... lines) {
        return new LogTap(false, lines);
    }

    static LogTap endless(String line) {
        return new LogTap(true, line);
    }

    /** How many bytes were read. */
    synchronized long taken() {
        return taken;
    }

    /** Whether somebody has waited for more than there was. */
    synchronized boolean isAwaited() {
        return isAwaited;
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    @Override
    public synchronized int read() throws IOException {
        try {
            while (!isClosed && !isEndless && taken == lines.length) {
                isAwaited = true;
                wait();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", end);
        }
        if (isClosed) {
            throw new IOException("closed");
        }
        return lines[(int) (taken++ % lines.length)];
    }

    /** As a socket does: what is there, and no waiting for more. */
    @Override
    public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
        int count = 0;
        while (count == 0 || (count < length && (isEndless || taken < lines.length))) {
            bytes[offset + count++] = (byte) read();
        }
        return count;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
