package hakube.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/** What a benchmark found: printed, and added to {@code target/benchmarks.txt}. */
final class Figures {

    private Figures() {}

    static void tell(String line) throws IOException {
        System.out.println(line);
        Path file = Path.of(System.getProperty("basedir", "")).resolve("target/benchmarks.txt");
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** How busy the machine was in the last minute, beside which every absolute figure has to be read. */
    static String load() throws IOException {
        return "load average " + Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Median, least and most, in milliseconds. */
    static String summary(double[] millis) {
        return String.format(
                Locale.ROOT,
                "median %.0f ms (%.0f to %.0f)",
                median(millis),
                Arrays.stream(millis).min().orElseThrow(),
                Arrays.stream(millis).max().orElseThrow());
    }

    static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
