package hakube.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Programs of this machine, run to their end. What they say on standard error is passed on as it comes. */
final class Program {
    /** How many of the last lines of standard error a failure repeats. */
    private static final int LAST_WORDS = 40;

    private static final Path SCRIPTS =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("k8s/local");

    private Program() {}

    /** A script of k8s/local. */
    static String script(String name) {
        return SCRIPTS.resolve(name).toString();
    }

    /**
     * @param environment added to the own one, of which {@code KUBECONFIG} is left out
     * @return standard output
     * @throws IOException when the exit code is not 0, with the last line of standard error, more of them, and standard output
     */
    static String words(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("KUBECONFIG");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        Deque<String> said = new ArrayDeque<>();
        Thread listener = Thread.ofVirtual().start(() -> listen(process, said));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int code = process.waitFor();
            if (code != 0) {
                // Whoever inherited standard error may outlive the program.
                listener.join(Duration.ofSeconds(2));
                throw new IOException(failure(command, code, said) + "\n" + output);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
        return output;
    }

    private static void listen(Process process, Deque<String> said) {
        process.errorReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            System.err.println(line);
            synchronized (said) {
                said.addLast(line);
                if (said.size() > LAST_WORDS) {
                    said.removeFirst();
                }
            }
        });
    }

    private static String failure(List<String> command, int code, Deque<String> said) {
        synchronized (said) {
            String last = said.isEmpty() ? "nothing was said" : said.getLast();
            return String.join(" ", command) + " ended with " + code + ": " + last + "\n" + String.join("\n", said);
        }
    }
}
