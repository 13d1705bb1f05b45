package hakube.supervisor;

import hakube.api.Endpoint;
import hakube.api.Refusals;
import hakube.api.ServedRoutes;
import hakube.testing.Verdict;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what became of each of upstream's routes. */
final class CompatibilityPage {

    private static final String INTRODUCTION = """
            # Compatibility

            What each route of upstream's API answers here, and which published add-ons run. Made from upstream's routes
            (`src/test/resources/hakube/api`), the resources that are there, and `src/test/resources/hakube/apps/published.tsv`; do not edit. A test fails when this page is stale, and `mvn test -Dtest='*PageTest' -Dgenerate=write`
            rewrites it.

            Compared with: %s. Towards clients the Supervisor calls itself version `%s`.

            | Answer | Routes of v1 | Meaning |
            |---|---|---|
            %s
            Each `GET` answers `HEAD`, too. A path that exists with other methods only is 405 with `Allow`, an unknown one 404, both after the
            check of the token.

            %s
            """;

    private static final String SECOND_VERSION = """
            The second version of the API, below `/v2`, is there when feature flag `supervisor_v2_api` was on at the start of the Supervisor
            (`POST /supervisor/options`, then a restart); else every path below `/v2` is 404 after the check of the token, as upstream's. Of its
            %d routes %d are served, %d refused and %d not built yet, each as its twin below, in the words of the second version: app, where
            the first says add-on.""";

    private static final String EXTENSIONS = """

            ## Extensions

            What upstream does not have, in both versions; clients that do not know it lose nothing.

            | Route | |
            |---|---|
            """;

    private static final String PANEL_FILES = "/app/{filename}";

    /** What became of a route. */
    private enum Answer {
        SAME("same", "as upstream, for all that its clients see"),
        DIFFERS("differs", "the same shape with other facts behind it, since there is no host, or as the note says"),
        REFUSED(
                "refused",
                "400 with `error_key` `runtime_not_supported_error` and the feature in `extra_fields`: a cluster cannot do this"),
        NOT_BUILT("not built yet", "503 with `error_key` `runtime_not_ready_error`");

        private final String word;
        private final String meaning;

        Answer(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }
    }

    /** Differences by {@code GET /path}, of routes that are served. */
    private final Map<String, String> differences;

    private final List<Verdict> published;

    CompatibilityPage(Map<String, String> differences, List<Verdict> published) {
        this.differences = differences;
        this.published = published;
    }

    String text() {
        List<Endpoint> rows = Endpoint.all().stream()
                .filter(row -> row.v1().isPresent() && !row.isOurs())
                .toList();
        StringBuilder page = new StringBuilder(
                INTRODUCTION.formatted(Endpoint.upstream(), OwnVersion.CONTRACT, counts(rows), secondVersion()));
        Map<String, StringBuilder> groups = new LinkedHashMap<>();
        for (Endpoint row : rows) {
            String path = row.v1().orElseThrow();
            groups.computeIfAbsent("/" + path.split("/", -1)[1], group -> new StringBuilder(header(group)))
                    .append("| `%s %s` | %s | %s |\n".formatted(row.method(), path, answer(row).word, note(row, path)));
        }
        groups.values().forEach(page::append);
        return page.append(extensions()).append(PublishedApps.text(published)).toString();
    }

    private static String extensions() {
        StringBuilder lines = new StringBuilder(EXTENSIONS);
        for (Endpoint row : Endpoint.extensions()) {
            lines.append("| `%s %s` | %s |\n"
                    .formatted(row.method(), row.v1().orElseThrow(), row.note().replace("[self: any-addon] ", "")));
        }
        return lines.toString();
    }

    private static String header(String group) {
        return "\n## " + group + "\n\n| Route | Answer | |\n|---|---|---|\n";
    }

    private Answer answer(Endpoint row) {
        String path = row.v1().orElseThrow();
        if (row.isRefused()) {
            return Answer.REFUSED;
        }
        if (!ServedRoutes.contains(row.method(), path)) {
            return Answer.NOT_BUILT;
        }
        boolean differs = row.kind().equals("synthesized") || differences.containsKey(row.method() + " " + path);
        return differs ? Answer.DIFFERS : Answer.SAME;
    }

    private String note(Endpoint row, String path) {
        return switch (answer(row)) {
            case REFUSED ->
                path.equals(PANEL_FILES)
                        ? "a plain 404 instead: no client asks for these files any more"
                        : Refusals.of(path)
                                .map(refusal -> "`" + refusal.feature() + "`")
                                .map(feature -> Optional.ofNullable(differences.get(row.method() + " " + path))
                                        .map(more -> feature + "; " + more)
                                        .orElse(feature))
                                .orElseThrow();
            case DIFFERS ->
                Optional.ofNullable(differences.get(row.method() + " " + path)).orElse(row.note());
            case SAME, NOT_BUILT -> "";
        };
    }

    private String counts(List<Endpoint> rows) {
        Map<Answer, Integer> counts = new EnumMap<>(Answer.class);
        rows.forEach(row -> counts.merge(answer(row), 1, Integer::sum));
        StringBuilder lines = new StringBuilder();
        for (Answer answer : Answer.values()) {
            lines.append("| %s | %d | %s |\n".formatted(answer.word, counts.getOrDefault(answer, 0), answer.meaning));
        }
        return lines.toString();
    }

    private static String secondVersion() {
        List<Endpoint> rows = Endpoint.all().stream()
                .filter(row -> row.v2().isPresent() && !row.isOurs())
                .toList();
        long served = rows.stream()
                .filter(row -> !row.isRefused()
                        && ServedRoutes.contains(row.method(), row.v2().orElseThrow()))
                .count();
        long refused = rows.stream().filter(Endpoint::isRefused).count();
        return SECOND_VERSION.formatted(rows.size(), served, refused, rows.size() - served - refused);
    }
}
