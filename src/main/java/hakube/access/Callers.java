package hakube.access;

import java.util.Optional;

/** Finds the app behind a token; implemented above, where apps are known. */
public interface Callers {

    /** The app whose token this is; compared in constant time. An app without a token is never found. */
    Optional<Caller.App> byToken(String token);
}
