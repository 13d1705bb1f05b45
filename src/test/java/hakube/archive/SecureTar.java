package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Upstream's own library, {@code securetar} of PyPI, as a program ({@code src/test/tools/secure_tar.py}). */
public final class SecureTar {

    private static final int LIMIT_MINUTES = 20;

    private final PythonEnvironment python;
    private final Path output;

    private SecureTar(PythonEnvironment python, Path output) {
        this.python = python;
        this.output = output;
    }

    /** @param output for what it says */
    public static SecureTar saying(Path output) throws IOException {
        return new SecureTar(PythonEnvironment.of("securetar-2026.4.1"), output);
    }

    /** @param password empty for none */
    public void read(Path backup, String part, String password, Path target) throws IOException, InterruptedException {
        run("read", backup.toString(), part, password, target.toString());
    }

    /**
     * Unpacks what {@code backup.json} names, each part into a folder of its name, and that file itself; fails unless these are
     * all its parts, in upstream's words.
     *
     * @param password empty for none
     */
    public void unpack(Path backup, String password, Path target) throws IOException, InterruptedException {
        run("unpack", backup.toString(), password, target.toString());
    }

    /** @param version of SecureTar, where there is a password */
    public void write(Path backup, String part, String password, Path tree, int version)
            throws IOException, InterruptedException {
        run("write", backup.toString(), part, password, tree.toString(), Integer.toString(version));
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-B", PythonEnvironment.tool("secure_tar.py")));
        all.addAll(List.of(arguments));
        Process process = python.program(Map.of(), all.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES), Files.readString(output));
            assertEquals(0, process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }
}
