package hakube.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** Debian's nginx as a process ({@code src/test/tools/debian-nginx}). Where there is none, the test is left out and says so. */
public final class Nginx implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);
    private static final int UNAVAILABLE = 69;

    private final Process process;
    private final Path log;

    private Nginx(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it and returns when it accepts connections.
     *
     * @param folder for configuration and log
     * @param text of the configuration; it keeps everything else that it writes inside of the folder
     */
    public static Nginx start(Path folder, String text, InetSocketAddress... listening) throws Exception {
        Path config = folder.resolve("nginx.conf");
        Files.writeString(config, text);
        Path log = folder.resolve("nginx.log");
        List<String> command = new ArrayList<>(List.of(
                PythonEnvironment.tool("debian-nginx"), "-e", "stderr", "-c", config.toString(), "-g", "daemon off;"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Nginx nginx = new Nginx(process, log);
        try {
            for (InetSocketAddress address : listening) {
                Eventually.holds("nginx listens on " + address, START, () -> !process.isAlive() || accepts(address));
            }
            nginx.requireLife();
        } catch (Exception | AssertionError failure) {
            nginx.close();
            throw failure;
        }
        return nginx;
    }

    /** Of its first worker. */
    public long worker() {
        return process.children().findFirst().map(ProcessHandle::pid).orElse(process.pid());
    }

    /** All that it has written. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void requireLife() throws IOException {
        if (process.isAlive()) {
            return;
        }
        if (process.exitValue() == UNAVAILABLE) {
            System.err.println("LEFT OUT: tests with nginx: " + log());
            throw new TestAbortedException(log());
        }
        throw new IOException("nginx ended with " + process.exitValue() + ": " + log());
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
