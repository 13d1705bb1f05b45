package hakube.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process as Linux counts it, in MiB. */
record Resident(double all, double anonymous, double peak) {

    private static final double KIB = 1024;

    static Resident of(long pid) throws IOException {
        String status = Files.readString(Path.of("/proc/" + pid + "/status"));
        return new Resident(value(status, "VmRSS"), value(status, "RssAnon"), value(status, "VmHWM"));
    }

    private static double value(String status, String name) {
        return status.lines()
                        .filter(line -> line.startsWith(name + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / KIB;
    }
}
