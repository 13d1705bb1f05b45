package hakube.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A repository whose only commit does not end (gitprotocol-http, gitformat-pack): one file of a megabyte of noise after the other, each as
 * it should be.
 */
public final class EndlessPack implements HttpHandler {

    private static final String COMMIT = "0123456789".repeat(4);
    private static final int FILE = 1 << 20;
    /** As many as are never reached, 50 GB. */
    private static final int FILES = 50_000;

    private static final int BLOB = 3;
    private static final int LARGEST_PACKET = 65_520;
    private static final byte PACK_DATA = 1;

    private final AtomicLong sent = new AtomicLong();
    private final LongConsumer watcher;

    /** @param watcher is told after each file how many octets of the pack were written */
    public EndlessPack(LongConsumer watcher) {
        this.watcher = watcher;
    }

    /** Octets of the pack that were written. */
    public long sent() {
        return sent.get();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean isList = exchange.getRequestURI().getPath().endsWith("/info/refs");
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders()
                    .add("Content-Type", "application/x-git-upload-pack-" + (isList ? "advertisement" : "result"));
            exchange.sendResponseHeaders(200, 0);
            if (isList) {
                list(exchange.getResponseBody());
            } else {
                send(exchange.getResponseBody());
            }
        } catch (IOException enough) {
            // The client went away.
        }
    }

    private static void list(OutputStream out) throws IOException {
        out.write(GitHttpServer.packet("# service=git-upload-pack\n"));
        flush(out);
        out.write(GitHttpServer.packet(COMMIT + " HEAD\0multi_ack_detailed side-band-64k shallow\n"));
        flush(out);
    }

    private void send(OutputStream out) throws IOException {
        out.write(GitHttpServer.packet("shallow " + COMMIT + "\n"));
        flush(out);
        out.write(GitHttpServer.packet("NAK\n"));
        OutputStream pack = new Band(out);
        pack.write("PACK".getBytes(StandardCharsets.US_ASCII));
        pack.write(ByteBuffer.allocate(8).putInt(2).putInt(FILES).array());
        byte[] noise = new byte[FILE];
        new Random(5).nextBytes(noise);
        for (int number = 0; number < FILES; number++) {
            ByteBuffer.wrap(noise).putInt(number);
            head(pack);
            Deflater plain = new Deflater(Deflater.NO_COMPRESSION);
            try {
                DeflaterOutputStream packed = new DeflaterOutputStream(pack, plain, LARGEST_PACKET);
                packed.write(noise);
                packed.finish();
            } finally {
                plain.end();
            }
            watcher.accept(sent.get());
        }
    }

    /** Kind and size: four bits of it in the first octet, seven in each that follows. */
    private static void head(OutputStream pack) throws IOException {
        pack.write(0x80 | (BLOB << 4) | (FILE & 0xf));
        for (int rest = FILE >> 4; rest > 0; rest >>= 7) {
            pack.write((rest > 0x7f ? 0x80 : 0) | (rest & 0x7f));
        }
    }

    private static void flush(OutputStream out) throws IOException {
        out.write("0000".getBytes(StandardCharsets.US_ASCII));
    }

    /** Packets of the first side band, each as large as what is written at once. */
    private final class Band extends OutputStream {

        private final OutputStream out;

        Band(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int most = LARGEST_PACKET - 5;
            for (int from = 0; from < length; from += most) {
                int count = Math.min(most, length - from);
                out.write("%04x".formatted(count + 5).getBytes(StandardCharsets.US_ASCII));
                out.write(PACK_DATA);
                out.write(bytes, offset + from, count);
                sent.addAndGet(count);
            }
        }
    }
}
