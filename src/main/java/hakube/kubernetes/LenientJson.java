package hakube.kubernetes;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.JSON;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;

/**
 * The one JSON of this room. The client's own refuses fields that its models do not know, and newer API servers send some
 * (kubernetes-client/java#4809); this one passes over them.
 */
final class LenientJson {

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeAdapter(OffsetDateTime.class, new JSON.OffsetDateTimeTypeAdapter())
            .registerTypeAdapter(byte[].class, new Base64Adapter())
            .create();

    /**
     * The client's models begin with empty lists and maps where they mean nothing. Sent, those are taken at their word: a Pod
     * with an empty {@code overhead} is refused, a merge patch with empty {@code finalizers} takes those of others away.
     */
    private static final Gson WITHOUT_EMPTY =
            GSON.newBuilder().registerTypeAdapterFactory(new EmptyCollections()).create();

    private LenientJson() {}

    static Gson gson() {
        return GSON;
    }

    /** What is sent of a model: all that was set, no empty list or map. */
    static JsonObject tree(KubernetesObject object) {
        return WITHOUT_EMPTY.toJsonTree(object).getAsJsonObject();
    }

    /** Makes the client's own calls use it, too. */
    static void install() {
        JSON.setGson(GSON);
    }

    private static final class EmptyCollections implements TypeAdapterFactory {
        @Override
        public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
            Class<?> raw = type.getRawType();
            if (!Map.class.isAssignableFrom(raw) && !Collection.class.isAssignableFrom(raw)) {
                return null;
            }
            TypeAdapter<T> plain = gson.getDelegateAdapter(this, type);
            return new TypeAdapter<T>() {
                @Override
                public void write(JsonWriter out, T value) throws IOException {
                    boolean isEmpty =
                            switch (value) {
                                case Map<?, ?> map -> map.isEmpty();
                                case Collection<?> list -> list.isEmpty();
                                case null, default -> true;
                            };
                    if (isEmpty) {
                        out.nullValue();
                    } else {
                        plain.write(out, value);
                    }
                }

                @Override
                public T read(JsonReader in) throws IOException {
                    return plain.read(in);
                }
            };
        }
    }

    private static final class Base64Adapter extends TypeAdapter<byte[]> {
        @Override
        public void write(JsonWriter out, byte[] value) throws IOException {
            if (value == null) {
                out.nullValue();
            } else {
                out.value(Base64.getEncoder().encodeToString(value));
            }
        }

        @Override
        public byte[] read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return null;
            }
            return Base64.getDecoder().decode(in.nextString());
        }
    }
}
