package hakube.access;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Makes tokens and finds the caller behind one; tokens live in Secrets and nowhere else. */
@Singleton
public final class Tokens {

    /** The administrator's token, for {@code ha} and {@code curl}. */
    public static final String ADMINISTRATOR_SECRET = "supervisor-cli-token";

    /** Core's token. */
    public static final String CORE_SECRET = "homeassistant-token";

    /** The key of both. */
    public static final String KEY = "token";

    private static final int BYTES = 56;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Cluster cluster;
    private final Instance<Callers> callers;

    @Inject
    public Tokens(Cluster cluster, Instance<Callers> callers) {
        this.cluster = cluster;
        this.callers = callers;
    }

    /** A new token: 112 hex digits of 56 random bytes, upstream's form. */
    public static String fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Makes the administrator's Secret if there is none; an existing one is never changed. */
    public void ensureAdministrator() {
        if (cluster.watched(Kind.SECRET).find(ADMINISTRATOR_SECRET).isEmpty()) {
            cluster.apply(
                    Kind.SECRET,
                    new V1Secret()
                            .metadata(new V1ObjectMeta()
                                    .name(ADMINISTRATOR_SECRET)
                                    .labels(Map.of(Labels.MANAGED, "true", Labels.TYPE, "supervisor")))
                            .type("Opaque")
                            .stringData(Map.of(KEY, fresh())));
        }
    }

    /** Who presents this token; an unset token matches nobody. */
    Optional<Caller> callerOf(String token) {
        if (isIn(CORE_SECRET, token)) {
            return Optional.of(new Caller.Core());
        }
        if (isIn(ADMINISTRATOR_SECRET, token)) {
            return Optional.of(new Caller.Administrator());
        }
        return callers.stream()
                .flatMap(known -> known.byToken(token).stream())
                .map(Caller.class::cast)
                .findFirst();
    }

    private boolean isIn(String secret, String token) {
        return cluster.watched(Kind.SECRET)
                .find(secret)
                .map(V1Secret::getData)
                .map(data -> data.get(KEY))
                .filter(bytes -> bytes.length > 0)
                .map(bytes -> MessageDigest.isEqual(bytes, token.getBytes(StandardCharsets.UTF_8)))
                .orElse(false);
    }
}
