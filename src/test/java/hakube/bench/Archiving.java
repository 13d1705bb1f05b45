package hakube.bench;

import hakube.archive.ArchiveReader;
import hakube.archive.ArchiveWriter;
import hakube.archive.Password;
import hakube.archive.Protection;
import hakube.archive.TreeFilter;
import hakube.testing.ControlPlane;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Java of its own that makes and unpacks backups, with the options of the Supervisor, as it is told on its input. It answers each time
 * how many seconds it took, and how many octets the heap grew at most.
 */
final class Archiving implements AutoCloseable {

    static final String PLAIN = "plain";
    static final String ENCRYPTED = "encrypted";

    /** Encrypted and not compressed. */
    static final String RAW = "raw";

    static final String PASSWORD = "correct horse";

    private static final double MIB = 1 << 20;

    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader answers;
    private double heapMib;

    private Archiving(Process process) {
        this.process = process;
        orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param before what starts it, such as {@code taskset -c 0} */
    static Archiving start(List<String> before) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add("@" + ControlPlane.checkout().resolve("config/java.options"));
        command.addAll(BenchOptions.given());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Archiving.class.getName()));
        return new Archiving(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** @return seconds */
    double write(Path tree, Path backup, String form, int threads) throws IOException {
        Files.deleteIfExists(backup);
        return order("write", tree.toString(), backup.toString(), form, Integer.toString(threads));
    }

    /** As {@link #write}, with a part for each folder of the tree. */
    double writeParts(Path tree, Path backup, String form, int threads) throws IOException {
        Files.deleteIfExists(backup);
        return order("parts", tree.toString(), backup.toString(), form, Integer.toString(threads));
    }

    long pid() {
        return process.pid();
    }

    /** @return seconds */
    double unpack(Path backup, Path target, String form) throws IOException {
        Files.createDirectories(target);
        return order("unpack", target.toString(), backup.toString(), form, "0");
    }

    /** The most that the heap grew in the last of them. */
    double heapMib() {
        return heapMib;
    }

    private double order(String... words) throws IOException {
        orders.println(String.join("\t", words));
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("it has ended");
        }
        String[] told = answer.split(" ", -1);
        heapMib = Double.parseDouble(told[1]);
        return Double.parseDouble(told[0]);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** @param arguments none */
    public static void main(String[] arguments) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split("\t", -1);
            System.gc();
            heap().forEach(MemoryPoolMXBean::resetPeakUsage);
            double before =
                    heap().stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
            long start = System.nanoTime();
            obey(words);
            double seconds = (System.nanoTime() - start) / 1e9;
            double peak = heap().stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            System.out.println(seconds + " " + (peak - before) / MIB);
        }
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static List<Path> children(Path tree) throws IOException {
        try (Stream<Path> folders = Files.list(tree)) {
            return folders.sorted().toList();
        }
    }

    private static void obey(String[] words) throws Exception {
        Path tree = Path.of(words[1]);
        Path backup = Path.of(words[2]);
        Optional<Password> password = words[3].equals(PLAIN) ? Optional.empty() : Password.of(PASSWORD);
        if (words[0].equals("unpack")) {
            try (ArchiveReader reader = ArchiveReader.open(backup)) {
                reader.unpack("tree", !words[3].equals(RAW), password, tree, System.err::println);
            }
            return;
        }
        ArchiveWriter.Options options = new ArchiveWriter.Options(
                !words[3].equals(RAW), password.map(Protection::v3), Integer.parseInt(words[4]));
        try (ArchiveWriter writer = ArchiveWriter.create(backup, options, System.err::println)) {
            List<Path> parts = words[0].equals("parts") ? children(tree) : List.of(tree);
            for (Path part : parts) {
                writer.part(part.getFileName().toString(), open -> open.tree(part, ".", TreeFilter.ALL));
            }
            writer.finish("{}".getBytes(StandardCharsets.UTF_8));
        }
    }
}
