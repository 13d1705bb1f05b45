package hakube.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Programs of this machine that end soon and say little. */
final class Command {

    private static final int LIMIT_SECONDS = 20;

    private Command() {}

    /**
     * Runs one.
     *
     * @return what it said
     * @throws IOException it is not there, does not end in time, or ends with another code than 0
     */
    static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            boolean hasEnded = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            String said = hasEnded ? new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8) : "";
            if (!hasEnded || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + (hasEnded ? said : "it does not end"));
            }
            return said;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        } finally {
            process.destroyForcibly();
        }
    }
}
