package hakube.api;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/**
 * The rules of JSON for the wire and for state files: every key is written, {@code null} included, since the clients'
 * models have no defaults (aiohasupervisor 0.6 to 0.11).
 */
@Provider
public final class Json implements ContextResolver<Jsonb> {

    private static final Jsonb WIRE = JsonbBuilder.create(new JsonbConfig().withNullValues(true));
    private static final Jsonb FILE =
            JsonbBuilder.create(new JsonbConfig().withNullValues(true).withFormatting(true));

    @Override
    public Jsonb getContext(Class<?> type) {
        return WIRE;
    }

    /** Compact, for answers; thread-safe. */
    public static Jsonb wire() {
        return WIRE;
    }

    /** Indented, for state files that people read; thread-safe. */
    public static Jsonb file() {
        return FILE;
    }
}
