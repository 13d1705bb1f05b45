package hakube.core;

import hakube.access.Tokens;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The Secret with Core's token. Pure. */
final class CoreSecret {

    private static final int HASH_BYTES = 6;

    private CoreSecret() {}

    static V1Secret of(String token, CoreOptions options) {
        return new V1Secret()
                .metadata(CoreLabels.metadata(Tokens.CORE_SECRET, options))
                .type("Opaque")
                .data(Map.of(Tokens.KEY, token.getBytes(StandardCharsets.UTF_8)));
    }

    /** First 12 hex digits of the token's SHA-256, for the template: another token makes it another template. */
    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
