package hakube.registries;

import hakube.api.Body;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How one registry is logged in to. */
record Credentials(String username, String password) {

    /** What an image's name can begin with, as upstream tells it ({@code supervisor/docker/utils.py}, 2026-08). */
    private static final Pattern HOSTNAME = Pattern.compile(
            "^(?=.{1,255}$)([a-zA-Z0-9]+(-+[a-zA-Z0-9]+)*(\\.[a-zA-Z0-9]+(-+[a-zA-Z0-9]+)*)*|\\[[a-fA-F0-9:]+\\])(:[0-9]+)?$");

    /**
     * Reads a body, registries with their credentials. What no image's name could begin with is refused, where upstream's
     * API takes it and its next start sets all registries aside.
     *
     * @throws hakube.api.ApiFailure.BadRequest with every fault; the message holds no value, so no password either
     */
    static Map<String, Credentials> read(String text) {
        Body body = Body.ofSecrets(text);
        Map<String, Credentials> all = new LinkedHashMap<>();
        for (String hostname : body.entries().keySet()) {
            body.named(hostname, HOSTNAME).part(hostname).ifPresent(entry -> {
                Optional<String> username = entry.require("username").text("username");
                Optional<String> password = entry.require("password").text("password");
                all.put(hostname, new Credentials(username.orElse(""), password.orElse("")));
            });
        }
        body.check();
        return all;
    }

    /** Without the password, wherever it may come to be written. */
    @Override
    public String toString() {
        return "Credentials of " + username;
    }
}
