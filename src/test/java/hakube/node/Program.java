package hakube.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs of this machine, run to their end. What they say on standard error is passed on as it comes. */
final class Program {
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
     * @throws IOException with standard output when the exit code is not 0
     */
    static String words(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("KUBECONFIG");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + code + "\n" + output);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
        return output;
    }
}
