package hakube.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/**
 * What a Java program asks the kernel to do with the files in one folder, as strace tells it ({@code src/test/tools/debian-strace}). Where
 * nobody may be watched, the test is left out and says so; {@code -Dhakube.strace=required} makes that a failure.
 */
public final class DiskCalls {

    private static final int UNAVAILABLE = 69;
    private static final int LIMIT_SECONDS = 120;

    /** The question mark: not each processor has each of them. */
    private static final String WATCHED =
            "trace=openat,?open,?mkdir,mkdirat,write,pwrite64,read,pread64,fsync,fdatasync,?rename,renameat,"
                    + "renameat2,?chmod,fchmod,fchmodat,?unlink,unlinkat";

    private static final Pattern UNFINISHED = Pattern.compile("(\\d+) +(.*) <unfinished \\.\\.\\.>");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. \\w+ resumed>(.*)");
    private static final Pattern CALL = Pattern.compile("(?:\\d+ +)?(\\w+)\\((.*)\\) += \\d+.*");
    private static final Pattern PATH = Pattern.compile("[\"<](/[^\">]*)[\">]");

    /** What Java and uploads put into the names of temporary files. */
    private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{32}|[0-9]{12,}");

    private final Path folder;
    private final List<String> told = new ArrayList<>();

    private DiskCalls(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs a class with a main method, which is given the folder as its only argument, to its end.
     *
     * @param options of strace, beside those that watch
     * @return one line for each call that went well, such as {@code write a/b}, {@code fsync a}, {@code rename a/b to a/c}, with paths below
     *     the folder: {@code .} is the folder itself, {@code *} stands for a number at random. Calls that follow one another and are
     *     the same are told once
     */
    public static List<String> of(Class<?> program, Path folder, String... options) throws IOException {
        Path real = folder.toRealPath();
        Path log = Files.createTempFile("strace", ".log");
        try {
            run(program, real, log, List.of(options));
            DiskCalls calls = new DiskCalls(real);
            calls.read(Files.readAllLines(log));
            return List.copyOf(calls.told);
        } finally {
            Files.delete(log);
        }
    }

    private static void run(Class<?> program, Path folder, Path log, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(PythonEnvironment.tool("debian-strace"), "-f", "--seccomp-bpf"));
        command.addAll(List.of("-qq", "-y", "-s", "0", "-e", "signal=none", "-e", WATCHED, "-o", log.toString()));
        command.addAll(options);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                folder.toString()));
        Path output = Files.createTempFile("strace", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("It does not end: " + program);
            }
            requireEnd(process.exitValue(), Files.readString(output));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    private static void requireEnd(int code, String output) throws IOException {
        if (code == UNAVAILABLE && !"required".equals(System.getProperty("hakube.strace"))) {
            System.err.println("LEFT OUT: tests with strace: " + output);
            throw new TestAbortedException(output);
        }
        if (code != 0) {
            throw new IOException("It ended with " + code + ": " + output);
        }
    }

    /** Each call where it ended. */
    private void read(List<String> lines) {
        Map<String, String> begun = new HashMap<>();
        for (String line : lines) {
            Matcher unfinished = UNFINISHED.matcher(line);
            Matcher resumed = RESUMED.matcher(line);
            if (unfinished.matches()) {
                begun.put(unfinished.group(1), unfinished.group(2));
            } else {
                String whole = resumed.matches() ? begun.get(resumed.group(1)) + resumed.group(2) : line;
                words(whole)
                        .filter(words -> told.isEmpty() || !words.equals(told.getLast()))
                        .ifPresent(told::add);
            }
        }
    }

    /** Empty for a call that failed or has to do with another folder. */
    private Optional<String> words(String line) {
        Matcher call = CALL.matcher(line);
        if (!call.matches()) {
            return Optional.empty();
        }
        List<String> paths = new ArrayList<>();
        Matcher path = PATH.matcher(call.group(2));
        while (path.find()) {
            below(path.group(1)).ifPresent(paths::add);
        }
        if (paths.isEmpty()) {
            return Optional.empty();
        }
        String first = paths.getFirst();
        return switch (call.group(1)) {
            case "open", "openat" -> Optional.of("create " + first).filter(_ -> line.contains("O_CREAT"));
            case "mkdir", "mkdirat" -> Optional.of("mkdir " + first);
            case "write", "pwrite64" -> Optional.of("write " + first);
            case "read", "pread64" -> Optional.of("read " + first);
            case "rename", "renameat", "renameat2" -> Optional.of("rename " + first + " to " + paths.getLast());
            case "unlink", "unlinkat" -> Optional.of("remove " + first);
            case "chmod", "fchmod", "fchmodat" -> Optional.of("chmod " + first);
            default -> Optional.of(call.group(1) + " " + first);
        };
    }

    private Optional<String> below(String path) {
        Path absolute = Path.of(path);
        if (!absolute.startsWith(folder)) {
            return Optional.empty();
        }
        String below = folder.relativize(absolute).toString();
        return Optional.of(below.isEmpty() ? "." : RANDOM.matcher(below).replaceAll("*"));
    }
}
