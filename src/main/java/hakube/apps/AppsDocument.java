package hakube.apps;

import jakarta.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The content of {@code apps.json} in upstream's shape: {@code {"user": {slug: …}, "system": {slug: …}}}. */
record AppsDocument(Map<String, Object> user, Map<String, Object> system) {

    static final AppsDocument EMPTY = new AppsDocument(Map.of(), Map.of());

    AppsDocument {
        user = Collections.unmodifiableMap(new LinkedHashMap<>(user));
        system = Collections.unmodifiableMap(new LinkedHashMap<>(system));
    }

    static AppsDocument of(JsonObject json) {
        Map<String, Object> plain = JsonValues.plain(json);
        return new AppsDocument(object(plain, "user"), object(plain, "system"));
    }

    /** Every app of either layer. */
    Set<String> slugs() {
        Set<String> slugs = new LinkedHashSet<>(user.keySet());
        slugs.addAll(system.keySet());
        return slugs;
    }

    Map<String, Object> user(String slug) {
        return object(user, slug);
    }

    Map<String, Object> system(String slug) {
        return object(system, slug);
    }

    AppsDocument with(InstalledApp app) {
        Map<String, Object> userLayer = UserLayers.write(app.user());
        userLayer.put("arch", app.arch());
        Map<String, Object> systemLayer = new LinkedHashMap<>(app.manifest().values());
        systemLayer.put("repository", app.repository());
        return with(app.slug(), userLayer, systemLayer);
    }

    /** With the entries of that app as {@code other} has them. */
    AppsDocument with(String slug, AppsDocument other) {
        return with(slug, other.user(slug), other.system(slug));
    }

    JsonObject json() {
        Map<String, Object> layers = new LinkedHashMap<>();
        layers.put("user", user);
        layers.put("system", system);
        return JsonValues.json(layers);
    }

    private AppsDocument with(String slug, Map<String, Object> userLayer, Map<String, Object> systemLayer) {
        Map<String, Object> users = new LinkedHashMap<>(user);
        Map<String, Object> systems = new LinkedHashMap<>(system);
        users.put(slug, userLayer);
        systems.put(slug, systemLayer);
        return new AppsDocument(users, systems);
    }

    private static Map<String, Object> object(Map<String, Object> in, String key) {
        return in.get(key) instanceof Map<?, ?> map ? JsonValues.object(map) : Map.of();
    }
}
