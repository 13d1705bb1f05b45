package hakube.bench;

import hakube.testing.ControlPlane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator {@code wrk}: one thread, 16 connections that stay open. */
final class Wrk {

    private static final int CONNECTIONS = 16;
    private static final double TICKS_PER_SECOND = 100;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern FAULTS = Pattern.compile("(Socket errors|Non-2xx).*");

    private Wrk() {}

    /**
     * One round.
     *
     * @param rate answers a second
     * @param median milliseconds
     * @param p99 milliseconds
     * @param cpu processor time of the server for an answer, microseconds
     */
    record Round(double rate, double median, double p99, double cpu) {

        /** Of a figure of several rounds. */
        static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
            return Figures.median(rounds.stream().mapToDouble(figure).toArray());
        }
    }

    /** Gets it, and what the yardstick needs. */
    static void prepare() throws IOException, InterruptedException {
        words(List.of(yardstick().toString(), "--make"));
    }

    static Path yardstick() {
        return ControlPlane.checkout().resolve("src/test/tools/yardstick/run");
    }

    /** @param server process whose processor time is counted */
    static Round run(String url, List<String> headers, long server, Duration time)
            throws IOException, InterruptedException {
        return run(url, headers, server, time, CONNECTIONS);
    }

    /** @param server process whose processor time is counted */
    static Round run(String url, List<String> headers, long server, Duration time, int connections)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + time.toSeconds() + "s", "--latency"));
        headers.forEach(header -> command.addAll(List.of("-H", header)));
        command.add(url);
        double before = cpuSeconds(server);
        String words = words(command);
        double cpu = cpuSeconds(server) - before;
        Matcher faults = FAULTS.matcher(words);
        if (faults.find()) {
            throw new IOException(url + ": " + faults.group());
        }
        return new Round(
                number(RATE, words), millis("50%", words), millis("99%", words), cpu * 1e6 / number(REQUESTS, words));
    }

    /** Processor time of a process so far, seconds in steps of 10 ms. */
    static double cpuSeconds(long pid) throws IOException {
        String[] fields = Files.readString(Path.of("/proc/" + pid + "/stat"))
                .replaceFirst("^.*\\) ", "")
                .split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static double number(Pattern pattern, String words) throws IOException {
        Matcher match = pattern.matcher(words);
        if (!match.find()) {
            throw new IOException("wrk says nothing like " + pattern + ": " + words);
        }
        return Double.parseDouble(match.group(1));
    }

    private static double millis(String quantile, String words) throws IOException {
        Pattern pattern = Pattern.compile(quantile + "\\s+([\\d.]+)(us|ms|s)\\s");
        Matcher match = pattern.matcher(words);
        if (!match.find()) {
            throw new IOException("wrk says nothing of " + quantile + ": " + words);
        }
        double value = Double.parseDouble(match.group(1));
        return switch (match.group(2)) {
            case "us" -> value / 1e3;
            case "ms" -> value;
            default -> value * 1e3;
        };
    }

    private static String words(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(
                    String.join(" ", command.subList(0, 1)) + " ended with " + process.exitValue() + ": " + words);
        }
        return words;
    }
}
