package hakube.relay;

import java.io.IOException;
import java.util.List;

/** The body of an answer, as far as its connection has not ended before. */
abstract sealed class FarBody {

    final FarConnection connection;

    FarBody(FarConnection connection) {
        this.connection = connection;
    }

    /**
     * Which body follows a head (RFC 9112, 6.3).
     *
     * @throws FarFailure when readers could disagree about it
     */
    static FarBody of(AnswerHead head, String method, FarConnection connection) throws FarFailure {
        if (head.isBare(method)) {
            return new OfLength(connection, 0);
        }
        List<String> codings = Field.values(head.fields(), "transfer-encoding");
        List<String> lengths = Field.values(head.fields(), "content-length");
        if (!codings.isEmpty()) {
            if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked") || !lengths.isEmpty()) {
                throw new FarFailure("the answer says in two ways where it ends");
            }
            return new Chunked(connection);
        }
        return lengths.isEmpty() ? new ToTheEnd(connection) : new OfLength(connection, Framing.length(lengths));
    }

    /**
     * Reads what comes next.
     *
     * @return at least one octet, or -1 when the body is complete
     * @throws IOException it ends too early, or is not what it should be
     */
    abstract int read(byte[] into, int offset, int length) throws IOException;

    /** Octets of the whole, or {@link Framing#UNKNOWN}. */
    abstract long length();

    /** Whether the connection can be used again when all was read. */
    abstract boolean leavesConnection();

    private static final class OfLength extends FarBody {

        private final long length;
        private long left;

        OfLength(FarConnection connection, long length) {
            super(connection);
            this.length = length;
            this.left = length;
        }

        @Override
        int read(byte[] into, int offset, int room) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = connection.read(into, offset, (int) Math.min(room, left));
            if (count < 0) {
                throw new FarFailure("the answer ended " + left + " octets too early");
            }
            left -= count;
            return count;
        }

        @Override
        long length() {
            return length;
        }

        @Override
        boolean leavesConnection() {
            return left == 0;
        }
    }

    private static final class ToTheEnd extends FarBody {

        ToTheEnd(FarConnection connection) {
            super(connection);
        }

        @Override
        int read(byte[] into, int offset, int room) throws IOException {
            return connection.read(into, offset, room);
        }

        @Override
        long length() {
            return Framing.UNKNOWN;
        }

        @Override
        boolean leavesConnection() {
            return false;
        }
    }

    /** Extensions of chunks and trailers are read over (RFC 9112, 7.1). */
    private static final class Chunked extends FarBody {

        private static final int LONGEST_LINE = 4096;
        private static final int LONGEST_TRAILERS = 64 * 1024;
        private static final int LONGEST_SIZE = 15;

        private long left;
        private boolean isFirst = true;
        private boolean isOver;

        Chunked(FarConnection connection) {
            super(connection);
        }

        @Override
        int read(byte[] into, int offset, int room) throws IOException {
            if (left == 0 && !isOver) {
                left = nextChunk();
                isOver = left == 0;
                if (isOver) {
                    skipTrailers();
                }
            }
            if (isOver) {
                return -1;
            }
            int count = connection.read(into, offset, (int) Math.min(room, left));
            if (count < 0) {
                throw new FarFailure("the answer ended inside of a chunk");
            }
            left -= count;
            return count;
        }

        @Override
        long length() {
            return Framing.UNKNOWN;
        }

        @Override
        boolean leavesConnection() {
            return isOver;
        }

        private long nextChunk() throws IOException {
            if (!isFirst && !line(2).isEmpty()) {
                throw new FarFailure("a chunk is longer than it says");
            }
            isFirst = false;
            String line = line(LONGEST_LINE);
            int extension = line.indexOf(';');
            String size = (extension < 0 ? line : line.substring(0, extension)).strip();
            if (size.isEmpty() || size.length() > LONGEST_SIZE || !size.chars().allMatch(Chunked::isHex)) {
                throw new FarFailure("a chunk has no size");
            }
            return Long.parseLong(size, 16);
        }

        private void skipTrailers() throws IOException {
            int total = 0;
            for (String line = line(LONGEST_LINE); !line.isEmpty(); line = line(LONGEST_LINE)) {
                total += line.length();
                if (total > LONGEST_TRAILERS) {
                    throw new FarFailure("the trailers are too long");
                }
            }
        }

        /** Without its end. */
        private String line(int longest) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = connection.read(); next != '\r'; next = connection.read()) {
                if (next < 0 || next == '\n' || line.length() == longest) {
                    throw new FarFailure("a chunk does not begin where it should");
                }
                line.append((char) next);
            }
            if (connection.read() != '\n') {
                throw new FarFailure("a line does not end");
            }
            return line.toString();
        }

        private static boolean isHex(int c) {
            return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
        }
    }
}
