package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;

/** Asks as the administrator of a {@link SupervisorHouse}. */
record Asked(WebTarget target) {

    /** What came back. */
    record Answer(int status, String type, String cursor, String buffering, String body) {}

    Answer get(String path, Map<String, String> headers) {
        return answer(request(path, headers).get());
    }

    Answer get(String path) {
        return get(path, Map.of());
    }

    Answer head(String path) {
        return answer(request(path, Map.of()).head());
    }

    /** The text of a 200. */
    String text(String path) {
        Answer answer = get(path);
        assertEquals(200, answer.status(), answer.body());
        return answer.body();
    }

    /** The text of a POST that has that status. */
    String post(int status, String path, String body) {
        Answer answer = answer(request(path, Map.of()).post(body.isEmpty() ? null : Entity.json(body)));
        assertEquals(status, answer.status(), answer.body());
        return answer.body();
    }

    Answer delete(String path) {
        return answer(request(path, Map.of()).delete());
    }

    private Invocation.Builder request(String path, Map<String, String> headers) {
        URI uri = URI.create(path);
        WebTarget whole = target.path(uri.getPath());
        if (uri.getQuery() != null) {
            for (String parameter : uri.getQuery().split("&", -1)) {
                String[] parts = parameter.split("=", 2);
                whole = whole.queryParam(parts[0], parts.length > 1 ? parts[1] : "");
            }
        }
        Invocation.Builder request = whole.request().header("X-Supervisor-Token", SupervisorHouse.TOKEN);
        headers.forEach(request::header);
        return request;
    }

    private static Answer answer(Response response) {
        try (response) {
            return new Answer(
                    response.getStatus(),
                    response.getHeaderString("Content-Type"),
                    response.getHeaderString("X-First-Cursor"),
                    response.getHeaderString("X-Accel-Buffering"),
                    response.hasEntity() ? response.readEntity(String.class) : "");
        }
    }
}
