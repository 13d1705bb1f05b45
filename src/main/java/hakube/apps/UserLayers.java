package hakube.apps;

import hakube.store.AppManifest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/** The user layer as {@code apps.json} writes it; what is missing or of another type gets its default. */
final class UserLayers {

    private static final Logger LOG = Logger.getLogger(UserLayers.class.getName());

    private UserLayers() {}

    /** @param slug full slug of the app, for the log */
    static UserLayer read(String slug, Map<String, Object> json, AppManifest manifest) {
        UserLayer fresh = UserLayer.fresh(manifest.version(), manifest.run().image());
        return new UserLayer(
                text(json, "version").orElse(fresh.version()),
                text(json, "image").or(fresh::image),
                text(json, "uuid").orElse(fresh.uuid()),
                text(json, "ingress_token").orElse(fresh.ingressToken()),
                json.get("options") instanceof Map<?, ?> options ? JsonValues.object(options) : Map.of(),
                new UserLayer.Flags(
                        flag(json, "auto_update", false),
                        flag(json, "protected", true),
                        flag(json, "ingress_panel", false),
                        flag(json, "watchdog", false),
                        flag(json, "system_managed", false)),
                text(json, "boot"),
                network(json.get("network")),
                text(json, "audio_input"),
                text(json, "audio_output"),
                text(json, "system_managed_config_entry"),
                new UserLayer.Own(
                        json.get("leaving") instanceof Boolean whole ? Optional.of(whole) : Optional.empty(),
                        json.get("updating") == null ? Optional.empty() : updating(slug, json),
                        AppHistory.read(slug, json),
                        AppResources.read(json.get("resources")),
                        flag(json, "paused", false)));
    }

    /** Without what an update replaced there is no way back, and that is no reason to lose the app. */
    private static Optional<AppUpdating> updating(String slug, Map<String, Object> json) {
        Optional<AppUpdating> mark = json.get("updating") instanceof Map<?, ?> values
                ? AppUpdating.read(JsonValues.object(values))
                : Optional.empty();
        if (mark.isEmpty()) {
            LOG.warning(() -> "What apps.json says of an update of " + slug
                    + " that was cut off cannot be read: the app stays at" + " version " + json.get("version")
                    + ", and is not started by itself where the update had stopped it");
        }
        return mark;
    }

    static Map<String, Object> write(UserLayer user) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", user.version());
        json.put("image", user.image().orElse(null));
        json.put("uuid", user.uuid());
        json.put("ingress_token", user.ingressToken());
        json.put("options", user.options());
        json.put("auto_update", user.flags().autoUpdate());
        json.put("protected", user.flags().isProtected());
        json.put("ingress_panel", user.flags().ingressPanel());
        json.put("watchdog", user.flags().watchdog());
        json.put("system_managed", user.flags().systemManaged());
        user.boot().ifPresent(boot -> json.put("boot", boot));
        user.network().ifPresent(network -> json.put("network", network));
        json.put("audio_input", user.audioInput().orElse(null));
        json.put("audio_output", user.audioOutput().orElse(null));
        json.put("system_managed_config_entry", user.systemManagedConfigEntry().orElse(null));
        user.leaving().ifPresent(whole -> json.put("leaving", whole));
        user.updating().ifPresent(mark -> json.put("updating", mark.json()));
        if (user.own().isPaused()) {
            json.put("paused", true);
        }
        user.own().history().write(json);
        user.own().resources().json().ifPresent(resources -> json.put("resources", resources));
        return json;
    }

    private static Optional<Map<String, Integer>> network(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Map<String, Integer> network = new LinkedHashMap<>();
        map.forEach((key, port) -> {
            if (port == null || port instanceof Integer) {
                network.put(String.valueOf(key), (Integer) port);
            }
        });
        return Optional.of(network);
    }

    private static Optional<String> text(Map<String, Object> json, String key) {
        return json.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static boolean flag(Map<String, Object> json, String key, boolean otherwise) {
        return json.get(key) instanceof Boolean flag ? flag : otherwise;
    }
}
