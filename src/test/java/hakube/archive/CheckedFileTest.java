package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new file holds is what was meant, or that is noticed. */
class CheckedFileTest {

    private static final int HEADER = 136;
    private static final int CONTENT = 3 * 1024 * 1024 + 5;

    @TempDir
    private Path folder;

    private Path path;
    private CheckedFile file;

    /** A header that is filled last, a content that grows, and an end. */
    @BeforeEach
    void write() throws IOException {
        path = folder.resolve("file");
        file = CheckedFile.create(path);
        long header = file.reserve(HEADER);
        byte[] noise = new byte[CONTENT];
        new Random(7).nextBytes(noise);
        try (OutputStream content = file.append()) {
            content.write(noise, 0, CONTENT - 1);
            content.write(noise[CONTENT - 1]);
        }
        file.append("end".getBytes(StandardCharsets.UTF_8));
        file.fill(header, new byte[HEADER]);
    }

    @AfterEach
    void close() throws IOException {
        file.close();
    }

    @Test
    void whatIsAsItWasWrittenIsGood() throws IOException {
        file.verify();
        assertEquals(HEADER + CONTENT + 3, Files.size(path));
    }

    /** @param begin of the stretch that it is in */
    @ParameterizedTest
    @CsvSource({"0, 0", "135, 0", "136, 136", "2000000, 136", "3145868, 136", "3145869, 3145869", "3145871, 3145869"})
    void anOctetThatDiffersIsNoticed(long at, long begin) throws IOException {
        turn(at);
        assertEquals("what is on disk from octet " + begin + " on is not what was written", refusal());
    }

    @Test
    void oneThatIsTooMuchOrMissingIsNoticed() throws IOException {
        long size = HEADER + CONTENT + 3;
        Files.write(path, new byte[1], StandardOpenOption.APPEND);
        assertEquals("it has " + (size + 1) + " octets on disk instead of " + size, refusal());
        try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
            other.truncate(size - 1);
        }
        assertEquals("it has " + (size - 1) + " octets on disk instead of " + size, refusal());
    }

    @Test
    void whatWasReservedAndNeverFilledIsNoticed() throws IOException {
        long size = file.reserve(512);
        assertEquals("what is on disk from octet " + size + " on was never completed", refusal());
        file.append(new byte[1]);
        assertEquals("what is on disk from octet " + size + " on is not what was written", refusal());
    }

    @Test
    void whatIsCutOffDoesNotCount() throws IOException {
        file.cut(HEADER);
        file.append("other".getBytes(StandardCharsets.UTF_8));
        file.verify();
        assertEquals(HEADER + 5, Files.size(path));
    }

    private String refusal() {
        return assertThrows(IOException.class, file::verify).getMessage();
    }

    private void turn(long at) throws IOException {
        try (FileChannel other = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer octet = ByteBuffer.allocate(1);
            other.read(octet, at);
            octet.put(0, (byte) (octet.get(0) ^ 1));
            other.write(octet.flip(), at);
        }
    }
}
