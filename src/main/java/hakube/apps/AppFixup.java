package hakube.apps;

import hakube.resolution.Fixup;
import hakube.resolution.Suggestion;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.logging.Logger;

/**
 * Does something with the app that a suggestion is about; an app that is not installed any more needs nothing.
 *
 * @param suggestion type of the suggestions
 * @param action gets the suggestion for its details
 */
record AppFixup(Apps apps, String suggestion, Set<String> issues, BiConsumer<InstalledApp, Suggestion> action)
        implements Fixup {

    private static final Logger LOG = Logger.getLogger(AppFixup.class.getName());

    @Override
    public String context() {
        return AppCheck.CONTEXT;
    }

    @Override
    public void apply(Suggestion wanted) {
        Optional.ofNullable(wanted.reference())
                .flatMap(apps::find)
                .ifPresentOrElse(
                        app -> action.accept(app, wanted),
                        () -> LOG.info(() ->
                                "App " + wanted.reference() + " is not installed, nothing to do for " + wanted.type()));
    }
}
