package hakube.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * Python with the packages of one file of {@code src/test/tools/requirements}, for the clients in use. Made by whoever asks
 * first and kept in the cache.
 *
 * <p>Where there is no Python that is new enough and none can be unpacked, the test is left out with a line that says so;
 * {@code -Dhakube.clients=required} makes that a failure.
 */
public final class PythonEnvironment {

    private static final int UNAVAILABLE = 69;
    private static final int LIMIT_MINUTES = 20;
    private static final Path TOOLS = ControlPlane.checkout().resolve("src/test/tools");

    private final List<String> command;

    private PythonEnvironment(List<String> command) {
        this.command = command;
    }

    /** @param requirements name of the file without its ending */
    public static PythonEnvironment of(String requirements) throws IOException {
        PythonEnvironment environment = new PythonEnvironment(List.of(
                TOOLS.resolve("python-environment").toString(),
                TOOLS.resolve("requirements/" + requirements + ".txt").toString()));
        environment.make();
        return environment;
    }

    /**
     * A program, not yet started, which {@code destroy} reaches.
     *
     * @param environment what it gets of the environment beside the settings of the network
     * @param arguments of Python
     */
    public ProcessBuilder program(Map<String, String> environment, String... arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(whole);
        builder.environment().putAll(environment);
        builder.environment().put("HAKUBE_PASS", String.join(" ", environment.keySet()));
        return builder;
    }

    /** A file of {@code src/test/tools}. */
    public static String tool(String name) {
        return TOOLS.resolve(name).toString();
    }

    /** What the script says is passed on as it comes: a first time takes a minute. */
    private void make() throws IOException {
        Process process =
                program(Map.of(), "-c", "pass").redirectErrorStream(true).start();
        String last = "";
        try (var output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.err.println(line);
                last = line;
            }
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("It does not end: " + command);
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() == UNAVAILABLE && !"required".equals(System.getProperty("hakube.clients"))) {
            System.err.println("LEFT OUT: tests with " + command.getLast() + ": " + last);
            throw new TestAbortedException(last);
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " ended with " + process.exitValue() + ": " + last);
        }
    }
}
