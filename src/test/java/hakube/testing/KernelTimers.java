package hakube.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux has in mind for a connection of this machine (proc_net_tcp(5)). */
public final class KernelTimers {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String ASKING = "02:";
    private static final int TICKS_A_SECOND = 100;

    private KernelTimers() {}

    /** How long until the other side of an idle connection is asked for a sign of life; empty when it will not be. */
    public static Optional<Duration> untilAsked(int localPort, int remotePort) throws IOException {
        String ports = String.format(Locale.ROOT, ".*:%04X +[0-9A-F]+:%04X 01", localPort, remotePort);
        for (Path table : TABLES) {
            try (Stream<String> lines = Files.lines(table)) {
                Optional<Duration> time = lines.filter(line -> line.matches(ports + " .*"))
                        .map(line -> line.replaceFirst(ports + " +\\S+ +", ""))
                        .filter(timer -> timer.startsWith(ASKING))
                        .map(timer -> Long.parseLong(timer.substring(ASKING.length(), ASKING.length() + 8), 16))
                        .map(ticks -> Duration.ofSeconds(ticks / TICKS_A_SECOND))
                        .findFirst();
                if (time.isPresent()) {
                    return time;
                }
            }
        }
        return Optional.empty();
    }
}
