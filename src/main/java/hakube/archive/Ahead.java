package hakube.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A stream that a thread of its own reads some pieces ahead; a failure comes after what was read before it. */
final class Ahead extends PieceInput {

    private static final int PIECE = 128 * 1024;
    private static final int PIECES = 6;
    private static final Piece END = new Piece(new byte[0], 0);

    private record Piece(byte[] octets, int length) {}

    private final InputStream source;
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(PIECES + 1);
    private final BlockingQueue<Piece> read = new ArrayBlockingQueue<>(PIECES + 1);
    private final Thread reader;
    private volatile boolean isClosed;
    private volatile Throwable failure;
    private Piece current = END;
    private boolean isOver;

    Ahead(InputStream source, String name) {
        this.source = source;
        for (int i = 0; i < PIECES; i++) {
            free.add(new byte[PIECE]);
        }
        reader = Thread.ofPlatform().name(name).daemon().start(this::readAll);
    }

    @Override
    boolean advance() throws IOException {
        if (current != END) {
            free.add(current.octets());
        }
        if (!isOver) {
            current = take();
            give(current.octets(), 0, current.length());
            isOver = current == END;
        }
        if (isOver) {
            requireNoFailure();
        }
        return !isOver;
    }

    private Piece take() throws IOException {
        try {
            return read.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it was read");
        }
    }

    private void requireNoFailure() throws IOException {
        switch (failure) {
            case null -> {}
            case DamagedArchive damage -> throw damage;
            case IOException trouble -> throw new IOException(trouble.getMessage(), trouble);
            default -> throw new IllegalStateException(failure);
        }
    }

    private void readAll() {
        try {
            Piece piece = next();
            while (piece != END) {
                read.add(piece);
                piece = next();
            }
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            failure = e;
        }
        read.add(END);
    }

    private Piece next() throws IOException, InterruptedException {
        byte[] octets = free.take();
        int length = isClosed ? 0 : source.readNBytes(octets, 0, octets.length);
        return length == 0 ? END : new Piece(octets, length);
    }

    /**
     * Ends the thread, then closes the stream behind it. Not by an interrupt: that would close the file which others read from as
     * well.
     */
    @Override
    public void close() throws IOException {
        isClosed = true;
        free.add(new byte[0]);
        Joining.of(reader);
        source.close();
    }
}
