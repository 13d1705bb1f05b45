package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CourtesyTest {

    @Test
    void isOfOneThreadAlone() throws Exception {
        int before = nice();
        AtomicInteger after = new AtomicInteger();
        Thread courteous = Thread.ofPlatform().start(() -> {
            Courtesy.ofThisThread();
            after.set(nice());
        });
        courteous.join();
        assertEquals(10, after.get());
        assertEquals(before, nice());
    }

    /** Of the calling thread, as Linux has it (proc(5), field 19 of stat). */
    private static int nice() {
        try {
            String[] fields = Files.readString(Path.of("/proc/thread-self/stat"))
                    .replaceFirst("^.*\\) ", "")
                    .split(" ");
            return Integer.parseInt(fields[16]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
