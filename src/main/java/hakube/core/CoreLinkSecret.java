package hakube.core;

import hakube.relay.CoreLinkConfig;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the Secret of the Core link holds. Pure. Its texts are secret, so it shows none of them.
 *
 * @param token of the link, empty where Core has no side-car
 * @param refreshToken what Core handed over to log in with, empty from Core 2026.9 on
 */
record CoreLinkSecret(Optional<String> token, Optional<String> refreshToken) {

    static final String NAME = "homeassistant-link";
    static final String CONFIG = "nginx.conf";
    static final String TOKEN = "token";
    static final String REFRESH_TOKEN = "refresh-token";

    /** What a Secret of the cluster holds. */
    static CoreLinkSecret in(V1Secret secret) {
        return new CoreLinkSecret(
                text(secret, TOKEN).filter(token -> token.matches("[0-9a-f]{32,}")), text(secret, REFRESH_TOKEN));
    }

    CoreLinkSecret withToken(Optional<String> other) {
        return new CoreLinkSecret(other, refreshToken);
    }

    CoreLinkSecret withRefreshToken(Optional<String> other) {
        return new CoreLinkSecret(token, other);
    }

    /** nginx's configuration. */
    Optional<CoreLinkConfig> config() {
        return token.map(CoreLinkConfig::new);
    }

    /** Keys and values; the side-car's configuration is among them. */
    Map<String, byte[]> data() {
        Map<String, byte[]> data = new HashMap<>();
        token.ifPresent(text -> data.put(TOKEN, bytes(text)));
        config().ifPresent(config -> data.put(CONFIG, bytes(config.text())));
        refreshToken.ifPresent(text -> data.put(REFRESH_TOKEN, bytes(text)));
        return data;
    }

    V1Secret secret(CoreOptions options) {
        return new V1Secret()
                .metadata(CoreLabels.metadata(NAME, options))
                .type("Opaque")
                .data(data());
    }

    @Override
    public String toString() {
        return "CoreLinkSecret[]";
    }

    private static Optional<String> text(V1Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(key))
                .filter(bytes -> bytes.length > 0)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
