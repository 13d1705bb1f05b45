package hakube.testing;

import hakube.access.Tokens;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Secrets with a token, as the Supervisor keeps them. */
public final class TokenSecret {

    private TokenSecret() {}

    public static V1Secret of(String name, String token) {
        return new V1Secret()
                .metadata(new V1ObjectMeta().name(name).labels(Map.of("io.hass.managed", "true")))
                .data(Map.of(Tokens.KEY, token.getBytes(StandardCharsets.UTF_8)));
    }
}
