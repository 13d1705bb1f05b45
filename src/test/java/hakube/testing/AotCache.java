package hakube.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code target/hakube.jar} run by itself with the image's flags, and the ahead-of-time cache that its rehearsal makes. */
public final class AotCache {

    private static final int LIMIT_SECONDS = 120;

    private AotCache() {}

    /** How a process ended, and what it said. */
    public record End(int code, String words) {}

    /** Makes the cache in a folder, as the Containerfile does. */
    public static Path make(Path folder) throws IOException, InterruptedException {
        Path cache = folder.resolve("hakube.aot");
        End end = rehearse(folder, List.of("-XX:AOTCacheOutput=" + cache));
        if (end.code() != 0 || Files.notExists(cache)) {
            throw new IOException("no cache was made: " + end.words());
        }
        return cache;
    }

    public static End rehearse(Path folder, List<String> javaOptions) throws IOException, InterruptedException {
        return run(folder, javaOptions, List.of("rehearse"));
    }

    /** @param folder where its temporary folder and what it says go */
    public static End run(Path folder, List<String> javaOptions, List<String> arguments)
            throws IOException, InterruptedException {
        Path checkout = ControlPlane.checkout();
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "@" + checkout.resolve("config/java.options"),
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary(folder))));
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", checkout.resolve("target/hakube.jar").toString()));
        command.addAll(arguments);
        Path words = Files.createTempFile(folder, "words", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(words.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SUPERVISOR_") || name.equals("KUBECONFIG"));
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("it does not end: " + Files.readString(words));
            }
            return new End(process.exitValue(), Files.readString(words));
        } finally {
            process.destroyForcibly();
        }
    }

    /** The temporary folder of what ran in a folder. */
    public static Path temporary(Path folder) {
        return folder.resolve("tmp");
    }
}
