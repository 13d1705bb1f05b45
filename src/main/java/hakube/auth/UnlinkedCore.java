package hakube.auth;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The answer as long as there is no link to Core: it cannot be reached. */
@Singleton
final class UnlinkedCore implements CoreLogin {

    @Override
    public boolean isUp() {
        return false;
    }

    @Override
    public Verdict check(String app, Credentials credentials) {
        return Verdict.NONE;
    }

    @Override
    public Verdict resetPassword(Credentials credentials) {
        return Verdict.NONE;
    }

    @Override
    public Optional<List<CoreUser>> users() {
        return Optional.empty();
    }
}
