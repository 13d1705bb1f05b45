package hakube.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the checkout that is made out of the code and never edited. */
public final class GeneratedFile {

    private GeneratedFile() {}

    /** Fails when the file says something else; {@code -Dgenerate=write} rewrites it. */
    public static void check(Path file, String text) throws IOException {
        if ("write".equals(System.getProperty("generate"))) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
            return;
        }
        assertEquals(
                text,
                Files.exists(file) ? Files.readString(file) : "",
                file + " is stale; run: mvn test -Dtest='*PageTest' -Dgenerate=write");
    }
}
