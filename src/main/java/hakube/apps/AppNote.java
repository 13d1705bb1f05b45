package hakube.apps;

import hakube.api.JsonText;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an app was before a restore, as the journal of its folders keeps it.
 *
 * @param before empty where it was not installed
 */
record AppNote(String slug, Optional<InstalledApp> before) {

    private static final String SLUG = "slug";

    /** Reads what {@link #text} has written; empty for the notes of others. */
    static Optional<AppNote> of(String text) {
        if (text.isEmpty() || !(JsonText.parse(text) instanceof JsonObject json) || !json.containsKey(SLUG)) {
            return Optional.empty();
        }
        String slug = json.getString(SLUG);
        AppsDocument document = AppsDocument.of(json);
        return Optional.of(
                new AppNote(slug, document.slugs().contains(slug) ? AppsFile.read(document, slug) : Optional.empty()));
    }

    String text() {
        AppsDocument document = before.map(AppsDocument.EMPTY::with).orElse(AppsDocument.EMPTY);
        Map<String, Object> json = new LinkedHashMap<>(JsonValues.plain(document.json()));
        json.put(SLUG, slug);
        return JsonValues.json(json).toString();
    }
}
