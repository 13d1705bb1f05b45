package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hakube.access.Caller;
import hakube.kubernetes.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppTokensTest {

    @TempDir
    private Path share;

    private AppsHome home;

    @BeforeEach
    void started() {
        home = new AppsHome(share).wake();
        home.cluster.autoRun();
        home.install(
                SAMPLE
                        + "hassio_api: true\nhassio_role: manager\nauth_api: true\nservices: [\"mqtt:want\"]\ndiscovery: [mqtt]\n");
        home.apps.start(SLUG);
    }

    @Test
    void anAppIsKnownByTheTokenOfItsStartWithWhatItMayDo() {
        assertEquals(
                Optional.of(new Caller.App(
                        SLUG, true, Caller.Role.MANAGER, false, true, Map.of("mqtt", "want"), List.of("mqtt"))),
                home.tokens.byToken(home.token(NAME)));
    }

    @Test
    void anyOtherTokenIsNobodys() {
        assertEquals(Optional.empty(), home.tokens.byToken("guessed"));
        assertEquals(Optional.empty(), home.tokens.byToken(""));
        assertEquals(Optional.empty(), home.tokens.byToken(home.token(NAME) + " "));
    }

    @Test
    void aRestartEndsTheOldToken() {
        String before = home.token(NAME);
        home.apps.restart(SLUG);
        assertNotEquals(before, home.token(NAME));
        assertEquals(Optional.empty(), home.tokens.byToken(before));
        assertEquals(SLUG, home.tokens.byToken(home.token(NAME)).orElseThrow().slug());
    }

    @Test
    void anotherProcessKnowsTheTokenToo() {
        AppsHome next = new AppsHome(share, home.cluster).wake();
        assertEquals(SLUG, next.tokens.byToken(home.token(NAME)).orElseThrow().slug());
    }

    @Test
    void anUninstalledAppIsNobody() {
        String before = home.token(NAME);
        home.apps.uninstall(SLUG, false);
        assertEquals(Optional.empty(), home.tokens.byToken(before));
    }

    @Test
    void aSecretWithoutTokenIsNobodys() {
        String before = home.token(NAME);
        var secret = home.watched(Kind.SECRET).find(NAME + "-env").orElseThrow();
        secret.getData().put("SUPERVISOR_TOKEN", new byte[0]);
        home.cluster.put(Kind.SECRET, secret);
        assertEquals(Optional.empty(), home.tokens.byToken(before));
        assertEquals(Optional.empty(), home.tokens.byToken(""));
    }
}
