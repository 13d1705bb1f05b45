package hakube.auth;

import java.util.List;
import java.util.Optional;

/** The questions about users that Core alone can answer. Each answers within ten seconds, in one way or another. */
public interface CoreLogin {

    /** What Core said. */
    enum Verdict {
        /** It is so. */
        GOOD,
        /** It is not so: a wrong password, an unknown user. */
        BAD,
        /** Core gave no answer. */
        NONE
    }

    /** Whether Core answers at all now; decides whether the cache alone speaks. */
    boolean isUp();

    /** Whether these are right. @param app full slug of the app that asks, which Core writes down */
    Verdict check(String app, Credentials credentials);

    /** Gives that user a new password. */
    Verdict resetPassword(Credentials credentials);

    /** All users, those of the system included; empty when Core gave no answer. */
    Optional<List<CoreUser>> users();
}
