package hakube.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Threads of this process, virtual ones among them, which {@link Thread#getAllStackTraces} does not tell. */
public final class LiveThreads {

    private static final Pattern THREAD = Pattern.compile("#\\d+ \"(.*)\".*");

    private LiveThreads() {}

    /** The names of those whose name begins so. */
    public static List<String> named(String beginning) throws IOException {
        Path folder = Files.createTempDirectory("threads");
        Path dump = folder.resolve("dump.txt");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
            try (Stream<String> lines = Files.lines(dump)) {
                return lines.map(THREAD::matcher)
                        .filter(Matcher::matches)
                        .map(thread -> thread.group(1))
                        .filter(name -> name.startsWith(beginning))
                        .toList();
            }
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(folder);
        }
    }
}
