package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import hakube.events.SupervisorEvent;
import hakube.link.Outbox.Letter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shapes of contract and core ({@code components/hassio/websocket_api.py}, 2026.11). */
class LettersTest {

    @Test
    void anAppsStateStandsBesideTheEvent() {
        SupervisorEvent event = new SupervisorEvent.AppStateChanged("core_mosquitto", "started");
        assertEquals(json("{'event':'addon','slug':'core_mosquitto','state':'started'}"), content(event, true));
        assertEquals("app", content(event, false).get("event"));
    }

    @Test
    void aJobHasAllItsFieldsAndTheOldName() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", "app_manager_update");
        fields.put("uuid", "0123");
        fields.put("stage", null);
        fields.put("done", null);
        Map<String, Object> data = data(new SupervisorEvent.JobChanged(fields), true);
        assertEquals("addon_manager_update", data.get("name"));
        assertEquals(fields.keySet(), data.keySet());
        assertEquals(
                "app_manager_update",
                data(new SupervisorEvent.JobChanged(fields), false).get("name"));
        assertTrue(Wire.text(data).contains("\"stage\":null"), Wire.text(data));
    }

    @Test
    void anIssueHasTheOldTypeAndNullsStay() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("uuid", "0123");
        fields.put("type", "detached_app_missing");
        fields.put("context", "addon");
        fields.put("reference", null);
        fields.put("reference_extra", null);
        assertEquals(
                "detached_addon_missing",
                data(new SupervisorEvent.IssueChanged(fields), true).get("type"));
        assertEquals(
                "detached_app_missing",
                data(new SupervisorEvent.IssueRemoved(fields), false).get("type"));
        assertEquals(
                fields.keySet(),
                data(new SupervisorEvent.IssueRemoved(fields), true).keySet());
        assertEquals(
                "issue_removed",
                content(new SupervisorEvent.IssueRemoved(fields), true).get("event"));
    }

    @Test
    void reasonsAreAListOnlyWhereThereAreSome() {
        assertEquals(
                "{\"healthy\":false,\"unhealthy_reasons\":[\"setup\"]}",
                Wire.text(data(new SupervisorEvent.HealthChanged(List.of("setup")), true)));
        assertEquals(
                "{\"supported\":true,\"unsupported_reasons\":null}",
                Wire.text(data(new SupervisorEvent.SupportedChanged(List.of()), true)));
    }

    @Test
    void updatesNameWhatIsToBeReadAgain() {
        assertEquals(
                json("{'event':'supervisor_update','update_key':'info','data':{'state':'freeze'}}"),
                content(new SupervisorEvent.SupervisorStateChanged("freeze"), true));
        assertEquals(
                json("{'event':'supervisor_update','update_key':'supervisor','data':{'startup':'complete'}}"),
                Letters.everything().content());
        assertEquals(
                json("{'event':'supervisor_update','update_key':'core','data':{}}"),
                content(new SupervisorEvent.VersionsLearnt("core"), true));
        assertEquals(
                json("{'event':'supervisor_update','update_key':'network','data':{'supervisor_internet':false}}"),
                content(new SupervisorEvent.InternetChanged(false), true));
        assertEquals(
                json("{'event':'store_reloaded','data':{'repositories':['local']}}"),
                content(new SupervisorEvent.StoreReloaded(List.of("local")), true));
    }

    /** The last word on a subject is all that waits for Core: this one must not take the place of the other. */
    @Test
    void aNewVersionIsAnotherSubjectThanThatAllIsThere() {
        String versions = Letters.of(new SupervisorEvent.VersionsLearnt("supervisor"), true)
                .orElseThrow()
                .subject();
        assertNotEquals(Letters.everything().subject(), versions);
    }

    @Test
    void whatIsOfTheHouseStaysThere() {
        for (SupervisorEvent event : List.of(
                new SupervisorEvent.CoreStateChanged(true),
                new SupervisorEvent.PanelChanged("a_b", true),
                new SupervisorEvent.IssueSolved("a", "core", Optional.empty()),
                new SupervisorEvent.JobConditionsIgnored(List.of()))) {
            assertEquals(Optional.empty(), Letters.of(event, true));
        }
    }

    private static Map<String, Object> content(SupervisorEvent event, boolean legacy) {
        return Letters.of(event, legacy).map(Letter::content).orElseThrow();
    }

    @SuppressWarnings("unchecked") // it is one
    private static Map<String, Object> data(SupervisorEvent event, boolean legacy) {
        return (Map<String, Object>) content(event, legacy).get("data");
    }

    private static Map<?, ?> json(String text) {
        return new Gson().fromJson(text, Map.class);
    }
}
