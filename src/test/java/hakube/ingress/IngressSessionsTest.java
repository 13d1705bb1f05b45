package hakube.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.apps.IngressFile;
import hakube.events.Events;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngressSessionsTest {

    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");
    private static final IngressUser USER = new IngressUser("abc", Optional.of("paulus"), Optional.of("Paulus"));

    @TempDir
    private Path share;

    private Instant now = START;
    /** What would run in the background. */
    private final Queue<Runnable> later = new ArrayDeque<>();

    @Test
    void anIdHas128HexDigitsAndIsNobodyElses() {
        IngressSessions sessions = sessions();
        String id = sessions.create(Optional.empty());
        assertTrue(id.matches("[0-9a-f]{128}"), id);
        assertNotEquals(id, sessions.create(Optional.empty()));
    }

    @Test
    void aSessionThatIsNotUsedEndsAfterFifteenMinutes() {
        IngressSessions sessions = sessions();
        String early = sessions.create(Optional.empty());
        String late = sessions.create(Optional.empty());
        pass(Duration.ofMinutes(15));
        assertTrue(sessions.use(early));
        pass(Duration.ofSeconds(1));
        assertFalse(sessions.use(late));
        assertFalse(sessions.use("0".repeat(128)));
        assertFalse(sessions.use(""));
    }

    @Test
    void eachUseAddsFifteenMinutesToTheEnd() {
        IngressSessions sessions = sessions();
        String id = sessions.create(Optional.empty());
        for (int use = 0; use < 3; use++) {
            assertTrue(sessions.use(id));
        }
        pass(Duration.ofMinutes(60));
        assertTrue(sessions.use(id));
        pass(Duration.ofMinutes(15).plusSeconds(1));
        assertFalse(sessions.use(id));
    }

    @Test
    void anEndBeyondAllDatesBeginsAnew() {
        IngressSession busy = new IngressSession(IngressSession.LAST_END.minusSeconds(10), Optional.of(USER));
        assertEquals(new IngressSession(START.plus(IngressSession.LIFE), Optional.of(USER)), busy.used(START));
    }

    @Test
    void aNewSessionOutlivesACrash() {
        String id = sessions().create(Optional.of(USER));
        IngressSessions next = sessions();
        assertEquals(Optional.of(USER), next.userOf(id));
        assertTrue(next.use(id));
    }

    @Test
    void theFileIsUpstreamsForTheOwnerOnlyAndPortsStay() throws IOException {
        Files.writeString(file(), "{\"session\":{},\"session_data\":{},\"ports\":{\"local_a\":62010}}");
        IngressSessions sessions = sessions();
        String first = sessions.create(Optional.empty());
        pass(Duration.ofMillis(1250));
        String second = sessions.create(Optional.of(new IngressUser("abc", Optional.empty(), Optional.of("Paulus"))));
        assertEquals(
                "{'session':{'" + first + "':1795601700.000,'" + second
                        + "':1795601701.250},'session_data':{'" + second
                        + "':{'user':{'id':'abc','username':null,'name':'Paulus'}}},'ports':{'local_a':62010}}",
                written());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void usesAreWrittenOnceAMinuteBehindTheAnswer() {
        IngressSessions sessions = sessions();
        String id = sessions.create(Optional.empty());
        pass(IngressSessions.UNSAVED);
        assertTrue(sessions.use(id));
        assertEquals(0, later.size());
        pass(Duration.ofSeconds(1));
        assertTrue(sessions.use(id));
        assertTrue(sessions.use(id));
        assertEquals(1, later.size());
        later.remove().run();

        // Two more quarters of an hour were written, the third one as well: it came before the writing.
        now = START.plus(Duration.ofMinutes(60));
        assertTrue(sessions().use(id));
    }

    @Test
    void theEndOfTheProcessWritesEverything() {
        IngressSessions sessions = sessions();
        String id = sessions.create(Optional.empty());
        assertTrue(sessions.use(id));
        sessions.close();
        pass(Duration.ofMinutes(30));
        assertTrue(sessions().use(id));
    }

    @Test
    void aProcessThatNeverReadTheFileLeavesItAlone() throws IOException {
        String id = sessions().create(Optional.empty());
        String before = written();
        new IngressSessions(ingressFile(), () -> now, later::add).close();
        assertEquals(before, written());
        assertTrue(sessions().use(id));
    }

    @Test
    void whatHasEndedIsForgottenAtTheStart() throws IOException {
        String old = sessions().create(Optional.of(USER));
        pass(Duration.ofMinutes(16));
        IngressSessions next = sessions();
        String id = next.create(Optional.empty());
        assertFalse(written().contains(old));
        assertTrue(next.use(id));
    }

    @Test
    void whatCannotBeReadIsLeftOutAlone() throws IOException {
        String good = "a".repeat(128);
        Files.writeString(
                file(),
                "{\"session\":{\"" + good + "\":9999999999.0,\"" + "b".repeat(128) + "\":1e300,\"" + "c".repeat(128)
                        + "\":-5,\"" + "d".repeat(128) + "\":\"x\",\"no id\":9999999999.0},\"session_data\":{\"" + good
                        + "\":{\"user\":{\"id\":\"456\",\"displayname\":\"Legacy Name\",\"username\":\"legacy\"}}}}");
        IngressSessions sessions = sessions();
        assertEquals(
                Optional.of(new IngressUser("456", Optional.of("legacy"), Optional.of("Legacy Name"))),
                sessions.userOf(good));
        for (String bad : List.of("b".repeat(128), "c".repeat(128), "d".repeat(128), "no id")) {
            assertFalse(sessions.use(bad), bad);
        }
    }

    @Test
    void theOneThatEndsFirstGoesWhenThereAreTooManyButNeverTheNewOne() throws IOException {
        StringBuilder full = new StringBuilder();
        for (int count = 0; count < IngressSessions.MOST; count++) {
            full.append(count == 0 ? "" : ",").append("\"%s\":%d".formatted(numbered(count), 9_000_000_000L + count));
        }
        Files.writeString(file(), "{\"session\":{" + full + "}}");
        IngressSessions sessions = sessions();
        assertTrue(sessions.use(numbered(0)));

        String first = sessions.create(Optional.empty());
        assertTrue(sessions.use(numbered(0)));
        assertFalse(sessions.use(numbered(1)));
        assertTrue(sessions.use(numbered(2)));
        assertTrue(sessions.use(first));

        String second = sessions.create(Optional.empty());
        assertTrue(sessions.use(second));
        assertFalse(sessions.use(first));
    }

    @Test
    void aDiskThatFailsStopsNoSession() throws IOException {
        IngressSessions sessions = sessions();
        Files.createDirectories(file().resolve("in the way"));
        assertTrue(sessions.use(sessions.create(Optional.empty())));
    }

    private IngressSessions sessions() {
        IngressSessions sessions = new IngressSessions(ingressFile(), () -> now, later::add);
        sessions.load();
        return sessions;
    }

    private IngressFile ingressFile() {
        return new IngressFile(new Folders(share), new Events());
    }

    private static String numbered(int number) {
        return "%0128x".formatted(number);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Path file() {
        return share.resolve("ingress.json");
    }

    private String written() throws IOException {
        return Files.readString(file()).replaceAll("\\s", "").replace('"', '\'');
    }
}
