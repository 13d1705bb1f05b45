package hakube.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.testing.FakeApps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {

    private static final Caller.App BROKER = app("core_broker");
    private static final Caller.App OTHER = app("core_other");

    @TempDir
    private Path share;

    private final FakeApps apps = new FakeApps();
    private final List<SupervisorEvent> told = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    @Test
    void messagesOutliveTheProcessInUpstreamsShapeForTheOwnerOnly() throws IOException {
        String uuid = discovery().send(BROKER, message("one"));

        assertEquals(
                "{'discovery':[{'app':'core_broker','service':'mqtt','uuid':'" + uuid + "','config':{'host':'one'}}]}",
                written());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        Discovery next = discovery();
        assertEquals("core_broker", next.find(uuid).app());
        assertEquals(uuid, next.send(BROKER, message("one")));
    }

    @Test
    void aFileOfAnOlderUpstreamCallsTheAppAddonAndMayHaveNoContent() throws IOException {
        String uuid = "0123456789abcdef0123456789abcdef";
        Files.writeString(
                file(),
                "{\"discovery\": [{\"addon\": \"core_old\", \"service\": \"x\", \"component\": \"x\", \"uuid\": \""
                        + uuid + "\", \"config\": null}]}");
        Message message = discovery().find(uuid);
        assertEquals("core_old", message.app());
        assertEquals("{}", message.config().toString());
    }

    @Test
    void aMessageThatLacksAKeyIsLeftOutAlone() throws IOException {
        String uuid = "0123456789abcdef0123456789abcdef";
        Files.writeString(
                file(),
                "{\"discovery\": [5, {\"uuid\": \"" + uuid + "\", \"service\": \"x\", \"config\": {}},"
                        + " {\"uuid\": \"short\", \"app\": \"a\", \"service\": \"x\", \"config\": {}},"
                        + " {\"uuid\": \"" + uuid + "\", \"app\": \"a\", \"service\": \"x\", \"config\": {}}]}");
        assertEquals("a", discovery().find(uuid).app());
    }

    @Test
    void aDamagedFileIsSetAsideAndTold() throws IOException {
        Files.writeString(file(), "{\"discovery\": [");
        String uuid = discovery().send(BROKER, message("one"));
        SupervisorEvent.IssueFound issue = (SupervisorEvent.IssueFound) told.getFirst();
        assertEquals(
                "{\"discovery\": [", Files.readString(Path.of(issue.reference().orElseThrow())));
        assertEquals("core_broker", discovery().find(uuid).app());
    }

    @Test
    void listenersHearWhatIsNewAndWhatIsGoneOnceItCanBeRead() {
        Discovery discovery = discovery();
        discovery.listen(change -> {
            throw new IllegalStateException("a listener's trouble is its own");
        });
        discovery.listen(change -> heard.add(
                switch (change) {
                    case DiscoveryChange.Announced announced ->
                        "new "
                                + discovery
                                        .find(announced.message().uuid())
                                        .config()
                                        .getString("host");
                    case DiscoveryChange.Withdrawn withdrawn -> {
                        assertThrows(
                                ApiFailure.NotFound.class,
                                () -> discovery.find(withdrawn.message().uuid()));
                        yield "gone " + withdrawn.message().app();
                    }
                }));

        String uuid = discovery.send(BROKER, message("one"));
        discovery.send(BROKER, message("one"));
        discovery.send(BROKER, message("two"));
        discovery.send(OTHER, message("three"));
        discovery.delete(uuid, BROKER);
        discovery.withdraw("core_other");
        discovery.withdraw("core_other");

        assertEquals(List.of("new one", "new two", "new three", "gone core_broker", "gone core_other"), heard);
    }

    @Test
    void whatAnAppAnnouncedGoesWithIt() throws IOException {
        Discovery discovery = discovery();
        discovery.send(BROKER, message("one"));
        String others = discovery.send(OTHER, message("two"));
        discovery.withdraw("core_broker");
        assertEquals(
                "{'discovery':[{'app':'core_other','service':'mqtt','uuid':'" + others + "','config':{'host':'two'}}]}",
                written());
    }

    @Test
    void anAppThatIsBeingUninstalledHasNoLastWord() {
        apps.leave("core_broker");
        assertThrows(ApiFailure.Forbidden.class, () -> discovery().send(BROKER, message("one")));
        assertFalse(Files.exists(file()));
    }

    @Test
    void theDeepestMessageCanBeReadAgainAndADeeperOneIsRefused() {
        String uuid = discovery().send(BROKER, nested(DiscoveryRequest.DEEPEST));
        assertEquals(uuid, discovery().find(uuid).uuid());
        assertEquals(
                "The discovery message is nested too deep, at most 64 levels are allowed",
                assertThrows(ApiFailure.BadRequest.class, () -> discovery()
                                .send(BROKER, nested(DiscoveryRequest.DEEPEST + 1)))
                        .getMessage());
    }

    @Test
    void oneAppHasABoundedNumberOfMessagesAndMayStillChangeThem() {
        List<String> many = IntStream.rangeClosed(0, Discovery.MOST)
                .mapToObj(number -> "s" + number)
                .toList();
        Caller.App busy = new Caller.App("local_busy", false, Caller.Role.DEFAULT, false, false, Map.of(), many);
        Discovery discovery = discovery();
        many.stream().limit(Discovery.MOST).forEach(service -> discovery.send(busy, message("one", service)));
        assertThrows(ApiFailure.BadRequest.class, () -> discovery.send(busy, message("one", many.getLast())));
        discovery.send(busy, message("two", many.getFirst()));
        discovery.send(BROKER, message("one"));
    }

    @Test
    void whatCannotBeWrittenIsNeitherThereNorTold() throws IOException {
        Discovery discovery = discovery();
        discovery.listen(change -> heard.add(change.toString()));
        apps.start("core_broker");
        Files.createDirectories(file().resolve("in the way"));
        assertThrows(UncheckedIOException.class, () -> discovery.send(BROKER, message("one")));
        assertEquals(List.of(), discovery.shown());
        assertEquals(List.of(), heard);
    }

    @Test
    void theContentIsInNoText() {
        Discovery discovery = discovery();
        discovery.listen(change -> heard.add(change.toString()));
        discovery.send(BROKER, message("hidden"));
        assertFalse(heard.getFirst().contains("hidden"), heard::toString);
    }

    private Discovery discovery() {
        Events events = new Events();
        events.listen(told::add);
        Discovery discovery = new Discovery(new Folders(share), events, apps.asAnnouncers());
        discovery.load();
        return discovery;
    }

    private Path file() {
        return share.resolve("discovery.json");
    }

    private String written() throws IOException {
        return Files.readString(file()).replaceAll("\\s", "").replace('"', '\'');
    }

    private static String message(String host) {
        return message(host, "mqtt");
    }

    private static String message(String host, String service) {
        return "{\"service\": \"" + service + "\", \"config\": {\"host\": \"" + host + "\"}}";
    }

    private static String nested(int levels) {
        return "{\"service\": \"mqtt\", \"config\": {\"k\": " + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}}";
    }

    private static Caller.App app(String slug) {
        return new Caller.App(slug, false, Caller.Role.DEFAULT, false, false, Map.of(), List.of("mqtt"));
    }
}
