package hakube.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.storage.Folders;
import hakube.testing.FakeCoreLogin;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {

    private static final String APP = "core_broker";
    private static final Credentials RIGHT = new Credentials("paulus", "right");
    private static final Credentials WRONG = new Credentials("paulus", "wrong");

    @TempDir
    private Path share;

    private final FakeCoreLogin core = new FakeCoreLogin();
    /** What would run in the background. */
    private final Queue<Runnable> later = new ArrayDeque<>();

    private Logins logins;

    @BeforeEach
    void aUser() {
        core.password("paulus", "right");
        logins = logins();
    }

    @Test
    void coreDecidesWhatNobodyKnowsYet() {
        assertTrue(logins.isGood(APP, RIGHT));
        assertFalse(logins.isGood(APP, WRONG));
        assertFalse(logins.isGood(APP, new Credentials("nobody", "right")));
    }

    @Test
    void withoutCoreTheCacheAloneDecides() {
        assertTrue(logins.isGood(APP, RIGHT));
        core.up(false);
        assertTrue(logins.isGood(APP, RIGHT));
        assertFalse(logins.isGood(APP, WRONG));
        assertFalse(logins.isGood(APP, new Credentials("nobody", "right")));
        assertEquals(1, core.questions());
    }

    @Test
    void theCacheOutlivesTheProcess() {
        assertTrue(logins.isGood(APP, RIGHT));
        core.up(false);
        assertTrue(logins().isGood(APP, RIGHT));
    }

    @Test
    void whatIsKnownIsAnsweredAtOnceAndAskedBehindTheAnswer() {
        assertTrue(logins.isGood(APP, RIGHT));
        assertEquals(1, core.questions());

        assertTrue(logins.isGood(APP, RIGHT));
        assertTrue(logins.isGood(APP, RIGHT));
        assertEquals(1, core.questions());
        assertEquals(1, later.size(), "one question a user");
        runLater();
        assertEquals(2, core.questions());

        assertTrue(logins.isGood(APP, RIGHT));
        assertEquals(1, later.size());
    }

    @Test
    void anOldPasswordIsGoodForOneMoreTimeAndTheNewOneAtOnce() {
        assertTrue(logins.isGood(APP, RIGHT));
        core.password("paulus", "new");

        assertTrue(logins.isGood(APP, RIGHT));
        runLater();
        assertFalse(logins.isGood(APP, RIGHT));
        assertTrue(logins.isGood(APP, new Credentials("paulus", "new")));
    }

    @Test
    void aLateAnswerOnTheOldPasswordDoesNotForgetTheNewOne() {
        assertTrue(logins.isGood(APP, RIGHT));
        core.password("paulus", "new");
        assertTrue(logins.isGood(APP, RIGHT));
        assertTrue(logins.isGood(APP, new Credentials("paulus", "new")));
        runLater();
        core.up(false);
        assertTrue(logins.isGood(APP, new Credentials("paulus", "new")));
        assertFalse(logins.isGood(APP, RIGHT));
    }

    @Test
    void questionsBehindAnswersAreBounded() {
        for (int user = 0; user < 40; user++) {
            core.password("user" + user, "right");
            assertTrue(logins.isGood(APP, new Credentials("user" + user, "right")));
            assertTrue(logins.isGood(APP, new Credentials("user" + user, "right")));
        }
        assertEquals(16, later.size());
        runLater();
        assertTrue(logins.isGood(APP, new Credentials("user39", "right")));
        assertEquals(1, later.size());
    }

    @Test
    void aMuteCoreIsAFault() {
        core.mute(true);
        ApiFailure failure = assertThrows(ApiFailure.Internal.class, () -> logins.isGood(APP, RIGHT));
        assertEquals(Optional.of("auth_home_assistant_api_validation_error"), failure.errorKey());
        assertEquals(
                "Unable to validate authentication details with Home Assistant. Check Supervisor logs for details",
                failure.getMessage());
    }

    @Test
    void aMuteCoreForgetsNothing() {
        assertTrue(logins.isGood(APP, RIGHT));
        core.mute(true);
        assertTrue(logins.isGood(APP, RIGHT));
        runLater();
        assertTrue(logins.isGood(APP, RIGHT));
    }

    @Test
    void aResetForgetsTheOldPassword() {
        assertTrue(logins.isGood(APP, RIGHT));
        logins.resetPassword(new Credentials("paulus", "new"));
        core.up(false);
        assertFalse(logins.isGood(APP, RIGHT));
    }

    @Test
    void aResetThatFailsForgetsNothing() {
        assertTrue(logins.isGood(APP, RIGHT));
        core.mute(true);
        assertThrows(ApiFailure.BadRequest.class, () -> logins.resetPassword(new Credentials("paulus", "new")));
        core.up(false);
        assertTrue(logins.isGood(APP, RIGHT));
    }

    @Test
    void whatIsForgottenIsAskedAgain() {
        assertTrue(logins.isGood(APP, RIGHT));
        logins.forgetAll();
        core.up(false);
        assertFalse(logins.isGood(APP, RIGHT));
        assertFalse(logins().isGood(APP, RIGHT));
    }

    @Test
    void usersAreThoseThatHaveAName() {
        core.users(user("1", Optional.of("paulus")), user("2", Optional.empty()), user("3", Optional.of("")));
        assertEquals(List.of("1"), logins.users().stream().map(CoreUser::id).toList());
        core.mute(true);
        assertThrows(ApiFailure.Internal.class, logins::users);
    }

    private Logins logins() {
        Logins next = new Logins(new LoginCache(new Folders(share), new Events()), core.asLogin(), later::add);
        next.load();
        return next;
    }

    private void runLater() {
        for (Runnable task = later.poll(); task != null; task = later.poll()) {
            task.run();
        }
    }

    private static CoreUser user(String id, Optional<String> username) {
        return new CoreUser(id, username, Optional.empty(), false, true, false, List.of());
    }
}
