package hakube.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Twenty folders of apps that nobody should have to read, in a local repository. */
public final class HostileApps {

    private static final String HEAD = "name: x\nversion: '1'\nslug: x\ndescription: d\narch: [amd64, aarch64]\n";
    private static final int TEN_MEGABYTES = 10 << 20;
    private static final int DEEP = 100_000;

    private final Path repository;
    private final Set<String> folders = new LinkedHashSet<>();

    private HostileApps(Path repository) {
        this.repository = repository;
    }

    /**
     * Lays them down.
     *
     * @return names of the folders that have no usable app
     */
    public static Set<String> in(Path repository) throws IOException, InterruptedException {
        HostileApps apps = new HostileApps(repository);
        apps.texts();
        apps.files();
        return apps.folders;
    }

    private void texts() throws IOException {
        StringBuilder bomb = new StringBuilder(HEAD).append("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 10; level++) {
            String alias = "*a" + (level - 1);
            bomb.append("a" + level + ": &a" + level + " [" + (alias + ", ").repeat(9) + alias + "]\n");
        }
        text("bomb", bomb.toString());
        text("itself", HEAD + "options: &a {again: *a}\n");
        text("java-tag", HEAD + "url: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://127.0.0.1/']]\n");
        text("python-tag", HEAD + "options: !!python/object/apply:os.system ['true']\n");
        text("include", HEAD + "options: !include ../../../config.json\n");
        text("nested-lists", HEAD + "options: " + "[".repeat(DEEP) + "]".repeat(DEEP) + "\n");
        text("nested-maps", HEAD + "options: " + "{a: ".repeat(DEEP) + "1" + "}".repeat(DEEP) + "\n");
        text("unclosed", HEAD + "options: " + "[".repeat(DEEP));
        text("two", HEAD + "---\n" + HEAD);
        text("list", "- name: x\n");
        text("empty", "");
        text("control", "name: \"\\u0007\\u001b[31m\\r\\nfake: log line\"\nversion: [1]\n\"a\\nb\": 1\n");
        text("long-reason", HEAD + "startup: " + "x".repeat(500_000) + "\n");
        text("name\nwith\u001b[31m\u2028control", "{{{{");
    }

    private void files() throws IOException, InterruptedException {
        byte[] large = new byte[TEN_MEGABYTES];
        Arrays.fill(large, (byte) '#');
        Files.write(folder("large").resolve("config.yaml"), large);
        byte[] binary = new byte[100_000];
        new Random(1).nextBytes(binary);
        Files.write(folder("binary").resolve("config.yaml"), binary);
        Process fifo = new ProcessBuilder(
                        "mkfifo", folder("fifo").resolve("config.yaml").toString())
                .inheritIO()
                .start();
        if (!fifo.waitFor(10, TimeUnit.SECONDS) || fifo.exitValue() != 0) {
            throw new IOException("There is no mkfifo");
        }
        Files.createSymbolicLink(folder("device").resolve("config.yaml"), Path.of("/dev/zero"));
        Files.createSymbolicLink(folder("link").resolve("config.yaml"), Path.of("/etc/passwd"));
        Files.createDirectories(folder("directory").resolve("config.yaml"));
    }

    private void text(String name, String text) throws IOException {
        Files.write(folder(name).resolve("config.yaml"), text.getBytes(StandardCharsets.UTF_8));
    }

    private Path folder(String name) throws IOException {
        folders.add(name);
        return Files.createDirectories(repository.resolve(name));
    }
}
