package hakube.testing;

import hakube.auth.CoreLogin;
import hakube.auth.CoreUser;
import hakube.auth.Credentials;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A Core with users and passwords; it can be down, and it can be up and mute. */
public final class FakeCoreLogin {

    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile List<CoreUser> users = List.of();
    private volatile boolean isUp = true;
    private volatile boolean isMute;

    /** From now on this is the user's password. */
    public void password(String username, String password) {
        passwords.put(username, password);
    }

    public void users(CoreUser... all) {
        users = List.of(all);
    }

    public void up(boolean up) {
        isUp = up;
    }

    /** Up, but without an answer. */
    public void mute(boolean mute) {
        isMute = mute;
    }

    /** How often a log-in was asked. */
    public int questions() {
        return questions.get();
    }

    public CoreLogin asLogin() {
        return new CoreLogin() {
            @Override
            public boolean isUp() {
                return isUp;
            }

            @Override
            public Verdict check(String app, Credentials credentials) {
                questions.incrementAndGet();
                return verdict(credentials.password().equals(passwords.get(credentials.username())));
            }

            @Override
            public Verdict resetPassword(Credentials credentials) {
                return verdict(
                        passwords.computeIfPresent(credentials.username(), (name, before) -> credentials.password())
                                != null);
            }

            @Override
            public Optional<List<CoreUser>> users() {
                return isUp && !isMute ? Optional.of(users) : Optional.empty();
            }
        };
    }

    private CoreLogin.Verdict verdict(boolean isGood) {
        if (!isUp || isMute) {
            return CoreLogin.Verdict.NONE;
        }
        return isGood ? CoreLogin.Verdict.GOOD : CoreLogin.Verdict.BAD;
    }
}
