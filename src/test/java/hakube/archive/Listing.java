package hakube.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in a folder, down to the last octet, as lines that can be compared. */
public final class Listing {

    private Listing() {}

    /** By relative name: kind, mode, owner, time, and content or target; names of one file have the same number. */
    public static SortedMap<String, String> of(Path root) throws IOException {
        SortedMap<String, String> lines = new TreeMap<>();
        Map<Found.Identity, String> first = new HashMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted().toList()) {
                String name = RawName.of(root.relativize(path)).text();
                Found found = Found.of(path);
                String again = first.putIfAbsent(found.identity(), name);
                lines.put(name, again == null ? line(path, found) : "the same as " + again);
            }
        }
        return lines;
    }

    static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(Digests.sha256().digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Path path, Found found) throws IOException {
        if (found.isLink()) {
            return "%d:%d -> %s"
                    .formatted(
                            found.uid(),
                            found.gid(),
                            RawName.of(Files.readSymbolicLink(path)).text());
        }
        return "%s %o %d:%d %s %s"
                .formatted(
                        found.kind(),
                        found.permissions(),
                        found.uid(),
                        found.gid(),
                        found.modified(),
                        found.isFile() ? found.size() + " " + sha256(path) : "");
    }
}
