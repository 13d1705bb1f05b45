package hakube.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {

    private static final Caller.App BROKER = app("core_broker", "mqtt");
    private static final Caller.App BASE = app("core_base", "mysql");
    private static final String DATA = "{\"host\": \"broker\", \"port\": 1883, \"password\": \"hidden\"}";

    @TempDir
    private Path share;

    private final FakeApps apps = new FakeApps();
    private final List<SupervisorEvent> told = new ArrayList<>();

    @Test
    void dataOutlivesTheProcessInUpstreamsShapeForTheOwnerOnly() throws IOException {
        Services before = services();
        before.set("mqtt", BROKER, DATA);
        before.set("mysql", BASE, "{\"host\": \"base\", \"port\": 3306}");

        assertEquals(
                "{'mqtt':{'host':'broker','port':1883,'password':'hidden','ssl':false,'protocol':'3.1.1','app':'core_broker'},"
                        + "'mysql':{'host':'base','port':3306,'app':'core_base'}}",
                written());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertEquals(before.get("mqtt", BROKER), services().get("mqtt", BROKER));
    }

    @Test
    void aFileOfAnOlderUpstreamCallsTheProviderAddon() throws IOException {
        Files.writeString(file(), "{\"mqtt\": {\"host\": \"h\", \"port\": 1, \"addon\": \"core_mosquitto\"}}");
        assertEquals("core_mosquitto", services().get("mqtt", BROKER).app());
    }

    @Test
    void dataThatDoesNotFitCountsAsAbsentAndIsNoPartOfTheOther() throws IOException {
        Files.writeString(
                file(),
                "{\"mqtt\": {\"host\": \"h\", \"port\": 0, \"app\": \"x\"}, \"mysql\": {\"host\": \"h\", \"port\": 1,"
                        + " \"app\": \"core_base\"}, \"more\": 5}");
        Services services = services();
        assertThrows(ApiFailure.BadRequest.class, () -> services.get("mqtt", BROKER));
        assertEquals("core_base", services.get("mysql", BASE).app());

        Files.writeString(file(), "{\"mqtt\": {\"host\": \"h\", \"port\": 1}, \"mysql\": []}");
        Services again = services();
        assertFalse(again.list().getFirst().available());
        assertFalse(again.list().getLast().available());
    }

    @Test
    void aDamagedFileIsSetAsideAndTold() throws IOException {
        Files.writeString(file(), "{\"mqtt\": {");
        Services services = services();
        SupervisorEvent.IssueFound issue = (SupervisorEvent.IssueFound) told.getFirst();
        assertEquals("{\"mqtt\": {", Files.readString(Path.of(issue.reference().orElseThrow())));
        services.set("mqtt", BROKER, DATA);
        assertTrue(services().list().getFirst().available());
    }

    @Test
    void whatAnAppToldGoesWithIt() throws IOException {
        Services services = services();
        services.set("mqtt", BROKER, DATA);
        services.set("mysql", BASE, "{\"host\": \"base\", \"port\": 3306}");
        services.withdraw("core_broker");
        services.withdraw("core_stranger");
        assertEquals("{'mqtt':{},'mysql':{'host':'base','port':3306,'app':'core_base'}}", written());
        assertFalse(services.list().getFirst().available());
    }

    @Test
    void anAppThatIsBeingUninstalledHasNoLastWord() {
        Services services = services();
        apps.leave("core_broker");
        assertThrows(ApiFailure.Forbidden.class, () -> services.set("mqtt", BROKER, DATA));
        assertFalse(services.list().getFirst().available());
        assertFalse(Files.exists(file()));
    }

    @Test
    void aBootForgetsAll() throws IOException {
        Services services = services();
        services.set("mqtt", BROKER, DATA);
        services.reset();
        assertEquals("{'mqtt':{},'mysql':{}}", written());
        services.set("mqtt", BROKER, DATA);
    }

    @Test
    void whatCannotBeWrittenIsNotTold() throws IOException {
        Services services = services();
        Files.createDirectories(file().resolve("in the way"));
        assertThrows(UncheckedIOException.class, () -> services.set("mqtt", BROKER, DATA));
        assertFalse(services.list().getFirst().available());
    }

    @Test
    void aPasswordIsInNoText() {
        Services services = services();
        services.set("mqtt", BROKER, DATA);
        assertFalse(services.get("mqtt", BROKER).toString().contains("hidden"));
    }

    private Services services() {
        Events events = new Events();
        events.listen(told::add);
        Services services = new Services(new Folders(share), events, apps.asProviders());
        services.load();
        return services;
    }

    private Path file() {
        return share.resolve("services.json");
    }

    private String written() throws IOException {
        return Files.readString(file()).replaceAll("\\s", "").replace('"', '\'');
    }

    private static Caller.App app(String slug, String service) {
        return new Caller.App(slug, false, Caller.Role.DEFAULT, false, false, Map.of(service, "provide"), List.of());
    }
}
