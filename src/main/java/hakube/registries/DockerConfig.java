package hakube.registries;

import hakube.api.ApiFailure;
import hakube.api.JsonText;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The document of the pull Secret, as container tools write it too: {@code auths} with an entry for each registry. Entries
 * and keys that somebody else has put there stay as they are. Pure.
 */
record DockerConfig(JsonObject document) {

    static final DockerConfig EMPTY = new DockerConfig(JsonValue.EMPTY_JSON_OBJECT);

    /** What all tools look for when an image's name begins with no registry. */
    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private static final String HUB = "docker.io";

    /** All of them are one registry; the second one is upstream's older word. */
    private static final Set<String> HUB_NAMES = Set.of(HUB, "hub.docker.com", "index.docker.io");

    private static final String AUTHS = "auths";
    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";
    private static final String AUTH = "auth";

    /** Empty when the text is no such document. */
    static Optional<DockerConfig> parse(String text) {
        try {
            return JsonText.parse(text) instanceof JsonObject document
                            && document.getOrDefault(AUTHS, JsonValue.EMPTY_JSON_OBJECT) instanceof JsonObject
                    ? Optional.of(new DockerConfig(document))
                    : Optional.empty();
        } catch (ApiFailure.BadRequest noJson) {
            return Optional.empty();
        }
    }

    /** User by registry. */
    Map<String, String> usernames() {
        Map<String, String> usernames = new LinkedHashMap<>();
        auths().forEach((key, entry) -> usernames.put(key.equals(HUB_KEY) ? HUB : key, username(entry)));
        return usernames;
    }

    /** User and password of those that have both, in upstream's words. */
    Map<String, Map<String, String>> logins() {
        Map<String, Map<String, String>> logins = new LinkedHashMap<>();
        auths().forEach((key, entry) -> password(entry)
                .ifPresent(password -> logins.put(
                        key.equals(HUB_KEY) ? HUB : key, Map.of(USERNAME, username(entry), PASSWORD, password))));
        return logins;
    }

    private static Optional<String> password(JsonValue entry) {
        return text(entry, PASSWORD).or(() -> text(entry, AUTH)
                .flatMap(DockerConfig::decoded)
                .map(both -> both.substring(both.indexOf(':') + 1)));
    }

    boolean has(String hostname) {
        return auths().containsKey(keyOf(hostname));
    }

    boolean isEmpty() {
        return auths().isEmpty();
    }

    DockerConfig with(String hostname, Credentials credentials) {
        String both = credentials.username() + ":" + credentials.password();
        JsonObject entry = Json.createObjectBuilder()
                .add(USERNAME, credentials.username())
                .add(PASSWORD, credentials.password())
                .add(AUTH, Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)))
                .build();
        return withAuths(
                Json.createObjectBuilder(auths()).add(keyOf(hostname), entry).build());
    }

    DockerConfig without(String hostname) {
        return withAuths(
                Json.createObjectBuilder(auths()).remove(keyOf(hostname)).build());
    }

    String text() {
        return document.toString();
    }

    /** Names nothing: there are passwords in it. */
    @Override
    public String toString() {
        return "DockerConfig of " + usernames().keySet();
    }

    private DockerConfig withAuths(JsonObject auths) {
        return new DockerConfig(
                Json.createObjectBuilder(document).add(AUTHS, auths).build());
    }

    private JsonObject auths() {
        return document.getOrDefault(AUTHS, JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
    }

    /** Tools may leave the user out where it stands in {@code auth}, too. */
    private static String username(JsonValue entry) {
        return text(entry, USERNAME)
                .or(() -> text(entry, AUTH).flatMap(DockerConfig::userOf))
                .orElse("");
    }

    private static Optional<String> userOf(String auth) {
        return decoded(auth).map(both -> both.substring(0, both.indexOf(':')));
    }

    /** User and password with a colon between. */
    private static Optional<String> decoded(String auth) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8))
                    .filter(both -> both.contains(":"));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonValue entry, String key) {
        return entry instanceof JsonObject map && map.get(key) instanceof JsonString text
                ? Optional.of(text.getString())
                : Optional.empty();
    }

    private static String keyOf(String hostname) {
        return HUB_NAMES.contains(hostname) ? HUB_KEY : hostname;
    }
}
