package hakube.auth;

import hakube.api.ApiFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Whether a log-in is good, from the cache and from Core (upstream {@code supervisor/auth.py}, 2026-08). */
@Singleton
public final class Logins {

    private static final Logger LOG = Logger.getLogger(Logins.class.getName());
    private static final String SEE_LOGS = ". Check Supervisor logs for details";
    /** Of all users together; what would be one more is not asked again this time. */
    private static final int MOST_RECHECKS = 16;

    private final LoginCache cache;
    private final CoreLogin core;
    private final Executor background;
    private final Set<String> rechecked = ConcurrentHashMap.newKeySet();
    private final Semaphore rechecks = new Semaphore(MOST_RECHECKS);

    @Inject
    Logins(LoginCache cache, CoreLogin core) {
        this(cache, core, task -> Thread.ofVirtual().name("auth-recheck").start(task));
    }

    Logins(LoginCache cache, CoreLogin core, Executor background) {
        this.cache = cache;
        this.core = core;
        this.background = background;
    }

    /** Reads the state file; to be called once storage is there. */
    public void load() {
        cache.load();
    }

    /**
     * Whether these are right. What the cache knows is answered at once, and asked of Core again behind that answer, since Core
     * takes a second or two; while Core is down the cache alone decides.
     *
     * @param app full slug of the app that asks
     * @throws ApiFailure.Internal {@code auth_home_assistant_api_validation_error}: Core is up and gave no answer
     */
    boolean isGood(String app, Credentials credentials) {
        boolean isKnown = cache.holds(credentials);
        if (!core.isUp()) {
            LOG.info(() -> "Home Assistant is not running: the cache alone answers a log-in at app " + app);
            return isKnown;
        }
        if (isKnown) {
            recheck(app, credentials);
            return true;
        }
        return switch (ask(app, credentials)) {
            case GOOD -> true;
            case BAD -> false;
            case NONE ->
                throw new ApiFailure.Internal(
                        "Unable to validate authentication details with Home Assistant" + SEE_LOGS,
                        "auth_home_assistant_api_validation_error",
                        Map.of(),
                        null);
        };
    }

    /**
     * Gives a user a new password; the former is forgotten.
     *
     * @throws ApiFailure.BadRequest {@code auth_password_reset_error}, also when Core gave no answer, as upstream has it
     */
    void resetPassword(Credentials credentials) {
        String username = credentials.username();
        CoreLogin.Verdict verdict = core.resetPassword(credentials);
        if (verdict == CoreLogin.Verdict.GOOD) {
            cache.forget(username);
            LOG.info("A user has a new password");
            return;
        }
        LOG.warning(
                verdict == CoreLogin.Verdict.BAD
                        ? "A password was not reset: Home Assistant does not know the user"
                        : "A password was not reset: Home Assistant gave no answer");
        throw new ApiFailure.BadRequest(
                "Username '" + username + "' does not exist. Check list of users using 'ha auth list'.",
                "auth_password_reset_error",
                Map.of("user", username, "auth_list_command", "ha auth list"));
    }

    /** Empties the cache. */
    void forgetAll() {
        cache.clear();
    }

    /**
     * The users that log in with a name and a password.
     *
     * @throws ApiFailure.Internal {@code auth_list_users_error}: Core gave no answer
     */
    List<CoreUser> users() {
        return core
                .users()
                .orElseThrow(() -> new ApiFailure.Internal(
                        "Can't request listing users on Home Assistant" + SEE_LOGS,
                        "auth_list_users_error",
                        Map.of(),
                        null))
                .stream()
                .filter(user -> user.username().filter(name -> !name.isEmpty()).isPresent())
                .toList();
    }

    private CoreLogin.Verdict ask(String app, Credentials credentials) {
        CoreLogin.Verdict verdict = core.check(app, credentials);
        switch (verdict) {
            case GOOD -> cache.put(credentials);
            case BAD -> {
                LOG.warning(() -> "Home Assistant refused a log-in at app " + app);
                cache.remove(credentials);
            }
            case NONE -> LOG.warning(() -> "Home Assistant gave no answer to a log-in at app " + app);
        }
        return verdict;
    }

    /** One at a time for each user. */
    private void recheck(String app, Credentials credentials) {
        if (!rechecks.tryAcquire()) {
            return;
        }
        if (!rechecked.add(credentials.username())) {
            rechecks.release();
            return;
        }
        background.execute(() -> {
            try {
                ask(app, credentials);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "A log-in at app " + app + " was not asked of Home Assistant again", e);
            } finally {
                rechecked.remove(credentials.username());
                rechecks.release();
            }
        });
    }
}
