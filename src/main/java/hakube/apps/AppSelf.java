package hakube.apps;

import hakube.access.Caller;
import hakube.api.ApiFailure;

/** The word {@code self} in a path: the app that asks. */
final class AppSelf {

    static final String WORD = "self";

    private AppSelf() {}

    /** The slug that a path means. @throws ApiFailure.BadRequest for {@code self} of a caller that is no app */
    static String slug(String word, Caller caller) {
        if (!word.equals(WORD)) {
            return word;
        }
        if (caller instanceof Caller.App app) {
            return app.slug();
        }
        throw new ApiFailure.BadRequest("Self is not an App");
    }
}
