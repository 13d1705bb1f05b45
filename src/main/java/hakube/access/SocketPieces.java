package hakube.access;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/**
 * What comes from a client, piece by piece. Helidon 4.2.6 reads 8 KiB at most, and each read has its price, so that a body of 1 GiB costs
 * seconds of the processor; here a read that was full is followed by larger ones, as long as they are worth it.
 */
final class SocketPieces implements Supplier<byte[]> {

    /** What Helidon's own read can bring. */
    private static final int FULL = 8 * 1024;

    private static final int LARGE = 64 * 1024;

    private final DataReader looked;
    private final HelidonSocket socket;
    private boolean isFlowing;

    /** @param looked at what has come so far, to tell the protocol */
    SocketPieces(DataReader looked, HelidonSocket socket) {
        this.looked = looked;
        this.socket = socket;
    }

    /**
     * Waits for the next one.
     *
     * @return null at the end
     * @throws ServerConnectionException the connection broke
     */
    @Override
    public byte[] get() {
        int known = looked.available();
        if (known > 0) {
            return looked.readBytes(known);
        }
        try {
            byte[] piece = isFlowing ? large() : socket.get();
            isFlowing = piece != null && piece.length >= FULL;
            return piece;
        } catch (UncheckedIOException broken) {
            throw new ServerConnectionException("The connection to the client broke", broken);
        }
    }

    private byte[] large() {
        BufferData buffer = BufferData.create(LARGE);
        int count = socket.read(buffer);
        if (count < 0) {
            return null;
        }
        byte[] piece = new byte[count];
        buffer.read(piece);
        return piece;
    }
}
