package hakube.access;

import hakube.kubernetes.FakeCluster;
import hakube.storage.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a request may have changed.
 *
 * @param files path below the share and content of all that lies there
 * @param writes all that the cluster was told
 */
record HouseState(Map<String, String> files, List<String> writes) {

    static HouseState of(Folders folders, FakeCluster cluster) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folders.root())) {
            all.filter(Files::isRegularFile).forEach(file -> files.put(file.toString(), content(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new HouseState(files, cluster.writes());
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
