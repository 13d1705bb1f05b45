package hakube.proxy;

import hakube.link.CorePassage;
import hakube.relay.AnswerHead;
import hakube.relay.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which headers pass; pure (upstream {@code supervisor/api/proxy.py}, 2026-08). All that is not named stays here. */
final class ProxyHeaders {

    private static final Set<String> TO_CORE =
            Set.of("x-speech-content", "accept", "last-event-id", "mcp-session-id", "mcp-protocol-version");

    /** A body that is encoded all the same, although nobody asked for it, is useless without its name. */
    private static final Set<String> TO_APP = Set.of("cache-control", "mcp-session-id", "content-encoding");

    private static final String CONTENT_TYPE = "Content-Type";

    private ProxyHeaders() {}

    /** What Core gets. */
    static List<Field> toCore(List<Field> received, CorePassage.Way way) {
        List<Field> headers = new ArrayList<>();
        headers.add(new Field("Host", way.host()));
        headers.add(way.pass());
        boolean isTyped = false;
        for (Field field : received) {
            boolean isType = !isTyped && field.is(CONTENT_TYPE);
            isTyped |= isType;
            if (isType || TO_CORE.contains(lower(field))) {
                headers.add(field);
            }
        }
        return headers;
    }

    /** What the app gets; of the content type its parameters are left out. */
    static List<Field> toApp(AnswerHead answer) {
        List<Field> headers = new ArrayList<>();
        for (Field field : answer.fields()) {
            if (field.is(CONTENT_TYPE)) {
                String type = field.value().replaceFirst(";.*", "").strip();
                headers.removeIf(earlier -> earlier.is(CONTENT_TYPE));
                headers.add(new Field(CONTENT_TYPE, type));
                if (type.equalsIgnoreCase("text/event-stream")) {
                    headers.add(new Field("X-Accel-Buffering", "no"));
                }
            } else if (TO_APP.contains(lower(field))) {
                headers.add(field);
            }
        }
        return headers;
    }

    private static String lower(Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }
}
