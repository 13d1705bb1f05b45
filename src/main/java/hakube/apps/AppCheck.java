package hakube.apps;

import hakube.resolution.Check;
import hakube.resolution.Finding;
import hakube.resolution.Issue;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks each installed app the same question.
 *
 * @param slug of the check, also the type of its issues
 * @param suggestions what could be done
 * @param explanation what is the matter, behind {@code App <slug>}
 */
record AppCheck(Apps apps, String slug, List<String> suggestions, String explanation, Predicate<InstalledApp> concerns)
        implements Check {

    static final String CONTEXT = "addon";

    @Override
    public String type() {
        return slug;
    }

    @Override
    public String context() {
        return CONTEXT;
    }

    @Override
    public List<Finding> find() {
        return apps.all().stream()
                .filter(concerns)
                .map(app -> Finding.of(slug, CONTEXT, app.slug(), suggestions, "App " + app.slug() + " " + explanation))
                .toList();
    }

    @Override
    public boolean isStillTrue(Issue issue) {
        return Optional.ofNullable(issue.reference())
                .flatMap(apps::find)
                .filter(concerns)
                .isPresent();
    }
}
