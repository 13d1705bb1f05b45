package hakube.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of one published app on a simulated node.
 *
 * @param repository {@code owner/name}
 * @param commit of the repository, shortened
 * @param result {@code started}, or {@code refused}
 * @param note why it is refused; else the options that it needs and the keys that have no effect, or nothing
 */
public record Verdict(String repository, String commit, String slug, String version, String result, String note) {

    public static final String STARTED = "started";
    public static final String REFUSED = "refused";

    /** The verdicts that {@code docs/compatibility.md} tells, as {@code PublishedAppsIT} found them. */
    public static final Path FILE = Path.of("src/test/resources/hakube/apps/published.tsv");

    /** All of them, in order of repository and slug. */
    public static List<Verdict> kept() throws IOException {
        return Files.readAllLines(FILE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(cells -> new Verdict(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]))
                .toList();
    }

    /** As {@link #FILE} has them. */
    public static String text(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> Stream.of(
                                verdict.repository,
                                verdict.commit,
                                verdict.slug,
                                verdict.version,
                                verdict.result,
                                verdict.note)
                        .collect(Collectors.joining("\t", "", "\n")))
                .collect(Collectors.joining("", "# Made by PublishedAppsIT with -Dgenerate=write\n", ""));
    }
}
