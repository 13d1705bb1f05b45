package hakube.supervisor;

import hakube.testing.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what became of the apps that others have published. */
final class PublishedApps {

    private static final String INTRODUCTION = """

            ## Published add-ons

            The add-ons of other people's repositories on a simulated node: installed, given the options that they need, and `started`; or
            refused before anything is created, with all reasons at once, which the store, the availability, an update and a start tell in the
            same words. `PublishedAppsIT` walks them and keeps the result; it compares the reasons with a second reading of the manifests. A
            simulated node pulls no image: that an image is there and its process works is not told here.
            """;

    private static final String REPOSITORY = """

            ### %s

            Commit `%s`: %d add-ons, %d started, %d refused.

            | Add-on | Version | Result | |
            |---|---|---|---|
            """;

    private PublishedApps() {}

    static String text(List<Verdict> verdicts) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        Map<String, List<Verdict>> repositories = new LinkedHashMap<>();
        verdicts.forEach(verdict -> repositories
                .computeIfAbsent(verdict.repository(), name -> new ArrayList<>())
                .add(verdict));
        repositories.forEach((name, apps) -> {
            long started = started(apps);
            page.append(
                    REPOSITORY.formatted(name, apps.getFirst().commit(), apps.size(), started, apps.size() - started));
            apps.forEach(app -> page.append(
                    "| `%s` | %s | %s | %s |\n".formatted(app.slug(), app.version(), app.result(), app.note())));
        });
        return page.toString();
    }

    static long started(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.result().equals(Verdict.STARTED))
                .count();
    }
}
