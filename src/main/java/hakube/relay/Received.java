package hakube.relay;

import io.helidon.http.Header;
import io.helidon.http.Headers;
import java.util.ArrayList;
import java.util.List;

/** A request's headers as the server read them. */
public final class Received {

    private Received() {}

    /** All of them, repeated ones repeated. */
    public static List<Field> fields(Headers headers) {
        List<Field> fields = new ArrayList<>(headers.size() + 8);
        for (Header header : headers) {
            String name = header.name();
            if (header.valueCount() == 1) {
                fields.add(new Field(name, header.get()));
            } else {
                header.allValues().forEach(value -> fields.add(new Field(name, value)));
            }
        }
        return fields;
    }
}
