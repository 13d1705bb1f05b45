package hakube.link;

import hakube.events.SupervisorEvent;
import hakube.jobs.LegacyNames;
import hakube.link.Outbox.Letter;
import hakube.resolution.Naming;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Core is told of an event, in the words that it knows (upstream {@code supervisor/homeassistant/websocket.py}, 2026-08). Pure. */
final class Letters {

    private Letters() {}

    /** Has Core read everything anew: issues, jobs, apps (core: {@code components/hassio/coordinator.py}, 2026.11). */
    static Letter<Map<String, Object>> everything() {
        return update("supervisor", Map.of("startup", "complete"));
    }

    /**
     * The message, empty where Core is not concerned.
     *
     * @param legacy say add-on, as long as the feature flag does not want app
     */
    static Optional<Letter<Map<String, Object>>> of(SupervisorEvent event, boolean legacy) {
        return Optional.ofNullable(
                switch (event) {
                    case SupervisorEvent.SupervisorStateChanged(String state) -> update("info", Map.of("state", state));
                    case SupervisorEvent.AppStateChanged(String slug, String state) ->
                        new Letter<>(
                                "app " + slug, Map.of("event", legacy ? "addon" : "app", "slug", slug, "state", state));
                    case SupervisorEvent.JobChanged(Map<String, Object> fields) ->
                        letter("job " + fields.get("uuid"), "job", legacy ? LegacyNames.of(fields) : fields);
                    case SupervisorEvent.IssueChanged(Map<String, Object> fields) ->
                        issue("issue_changed", fields, legacy);
                    case SupervisorEvent.IssueRemoved(Map<String, Object> fields) ->
                        issue("issue_removed", fields, legacy);
                    case SupervisorEvent.HealthChanged(List<String> reasons) ->
                        reasons("health_changed", "healthy", "unhealthy_reasons", reasons);
                    case SupervisorEvent.SupportedChanged(List<String> reasons) ->
                        reasons("supported_changed", "supported", "unsupported_reasons", reasons);
                    case SupervisorEvent.StoreReloaded(List<String> repositories) ->
                        letter("store", "store_reloaded", Map.of("repositories", repositories));
                    // A subject of its own: it must not take the place of the word that all is there.
                    case SupervisorEvent.VersionsLearnt(String key) ->
                        new Letter<>("versions " + key, update(key, Map.of()).content());
                    case SupervisorEvent.InternetChanged(boolean isThere) ->
                        update("network", Map.of("supervisor_internet", isThere));
                    case SupervisorEvent.CoreStateChanged _ -> null;
                    case SupervisorEvent.IssueFound _ -> null;
                    case SupervisorEvent.IssueSolved _ -> null;
                    case SupervisorEvent.JobConditionsIgnored _ -> null;
                    case SupervisorEvent.PanelChanged _ -> null;
                });
    }

    private static Letter<Map<String, Object>> update(String key, Map<String, Object> data) {
        return new Letter<>("update " + key, Map.of("event", "supervisor_update", "update_key", key, "data", data));
    }

    private static Letter<Map<String, Object>> issue(String event, Map<String, Object> fields, boolean legacy) {
        Map<String, Object> named = new LinkedHashMap<>(fields);
        if (legacy) {
            named.put("type", Naming.LEGACY.issueType((String) fields.get("type")));
        }
        return letter("issue " + fields.get("uuid"), event, named);
    }

    private static Letter<Map<String, Object>> reasons(String event, String good, String bad, List<String> reasons) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(good, reasons.isEmpty());
        data.put(bad, reasons.isEmpty() ? null : reasons);
        return letter(good, event, data);
    }

    private static Letter<Map<String, Object>> letter(String subject, String event, Map<String, Object> data) {
        return new Letter<>(subject, Map.of("event", event, "data", data));
    }
}
