package hakube.access;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Reads a chunked body in pieces that fit into memory, whatever a client calls a chunk. Helidon 4.2.6 reads each chunk whole, up to 2 GiB,
 * and the line with its length without any limit, also for requests that were refused already: a single client without a token could end
 * the process. So a large chunk is shown to it as many small ones.
 *
 * <p>It counts on how Helidon reads a chunk: {@link #readLine} for the length, {@link #readBuffer(int)} for the content, and
 * {@code skip(2)} for what ends it. Nothing else of HTTP/1.1 reads a line this way.
 *
 * <p>Values of headers are octets, each as one character (RFC 9110, 5.5): Helidon reads ASCII alone, and nobody could tell any more what
 * stood there instead.
 */
final class PiecemealReader extends DataReader {

    private static final int PIECE = 64 * 1024;
    private static final int LONGEST_LINE = 256;
    private static final int END = 2;

    /** Of the present chunk, octets that were not yet shown. */
    private long left;

    /** @param pieces null at the end */
    PiecemealReader(Supplier<byte[]> pieces) {
        super(() -> next(pieces));
    }

    @Override
    public String readLine() {
        if (left == 0) {
            String line = line();
            long length = length(line);
            if (length <= PIECE) {
                return line;
            }
            left = length;
        }
        long piece = Math.min(left, PIECE);
        left -= piece;
        return Long.toHexString(piece);
    }

    @Override
    public LazyString readLazyString(Charset charset, int length) {
        return super.readLazyString(
                charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.ISO_8859_1 : charset, length);
    }

    @Override
    public void skip(int octets) {
        boolean isInsideOfChunk = left > 0 && octets == END;
        if (!isInsideOfChunk) {
            super.skip(octets);
        }
    }

    private String line() {
        try {
            int length = findNewLine(LONGEST_LINE);
            if (length >= LONGEST_LINE) {
                throw malformed(null);
            }
            String line = readAsciiString(length);
            super.skip(END);
            return line;
        } catch (IncorrectNewLineException e) {
            throw malformed(e);
        }
    }

    /** Negative for what is no length: whoever asked for the line will say so. */
    private static long length(String line) {
        return line.matches("[0-9A-Fa-f]{1,15}") ? Long.parseLong(line, 16) : -1;
    }

    private static byte[] next(Supplier<byte[]> pieces) {
        byte[] piece = pieces.get();
        if (piece == null) {
            throw new CloseConnectionException("The client went away");
        }
        return piece;
    }

    private static RequestException malformed(Throwable cause) {
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .message("A chunk of the body has no length")
                .cause(cause)
                .setKeepAlive(false)
                .build();
    }
}
