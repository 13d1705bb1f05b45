package hakube.backups;

import static hakube.backups.UploadClient.BOUNDARY;
import static hakube.backups.UploadClient.UPLOAD;
import static hakube.backups.UploadClient.chunk;
import static hakube.backups.UploadClient.token;
import static hakube.backups.UploadClient.type;
import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.archive.TarBytes;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.testing.CallersHouse;
import hakube.testing.Eventually;
import hakube.testing.RawHttp;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** An upload goes to the disk as it comes: half of it sent, it is there, and not in memory. */
@CallersHouse.Served
class LargeUploadTest {

    private static final long MOST_GROWTH = 32L << 20;

    private final URI server;
    private final Path local;
    private final long size;

    @Inject
    LargeUploadTest(WebTarget target, State state, Folders folders) {
        this(target, state, folders, 192L << 20);
    }

    /** @param size of the part in the archive, in octets, a multiple of 64 KiB */
    LargeUploadTest(WebTarget target, State state, Folders folders, long size) {
        this.server = target.getUri();
        this.local = folders.of("backup");
        this.size = size;
        state.enter(SupervisorState.RUNNING);
    }

    @Test
    void itIsOnTheDiskBeforeItIsWholeAndNeverInMemory() throws IOException {
        byte[] begin = new TarBytes().header("share.tar.gz", '0', octal(size)).cut();
        byte[] end = new TarBytes()
                .file("./backup.json", TarBytes.METADATA.formatted("0123abcd"))
                .end();
        long[] growth = new long[1];
        try (RawHttp raw = new RawHttp(server)) {
            RawHttp.Answer answer = raw.exchange("POST", out -> {
                out.write((RawHttp.head(
                                        "POST",
                                        UPLOAD,
                                        token(ADMINISTRATOR),
                                        type("multipart/form-data; boundary=" + BOUNDARY))
                                + "Transfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
                chunk(out, ("--" + BOUNDARY + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                chunk(out, begin);
                long before = inUse();
                zeros(out, size / 2);
                out.flush();
                // The last piece may still be held back: it could be the beginning of a boundary.
                Eventually.holds("half of it is on the disk", () -> onDisk() >= size / 2);
                growth[0] = inUse() - before;
                zeros(out, size - size / 2);
                chunk(out, end);
                chunk(out, ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.ISO_8859_1));
                chunk(out, new byte[0]);
            });
            assertEquals("{\"result\":\"ok\",\"data\":{\"slug\":\"0123abcd\"}}", answer.body());
        }
        Path file = local.resolve("0123abcd.tar");
        assertEquals(begin.length + size + end.length, Files.size(file));
        assertTrue(growth[0] < MOST_GROWTH, "it took " + growth[0] + " octets of memory");
        Files.delete(file);
    }

    private long onDisk() throws IOException {
        if (!Files.isDirectory(local)) {
            return 0;
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(local, ".upload-*")) {
            for (Path part : parts) {
                return Files.size(part);
            }
        }
        return 0;
    }

    private static long inUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void zeros(OutputStream out, long count) throws IOException {
        byte[] piece = new byte[64 * 1024];
        for (long sent = 0; sent < count; sent += piece.length) {
            chunk(out, piece);
        }
    }

    private static String octal(long number) {
        return Long.toOctalString(number);
    }
}
