package hakube.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One request to the API server.
 *
 * @param verb the verb that a Role must allow
 * @param resource the resource as a Role writes it
 * @param path from the root of the API server, without query
 * @param query names and their values, not yet encoded
 * @param contentType of the body, empty when there is none
 */
record ApiRequest(
        String verb,
        String resource,
        String method,
        String path,
        Map<String, List<String>> query,
        String contentType,
        String body) {

    static ApiRequest of(String verb, String resource, String method, String path) {
        return new ApiRequest(verb, resource, method, path, Map.of(), "", "");
    }

    static ApiRequest get(String verb, String resource, String path) {
        return of(verb, resource, "GET", path);
    }

    ApiRequest with(String name, String value) {
        return with(name, List.of(value));
    }

    /** The same name once for each value, in this order. */
    ApiRequest with(String name, List<String> values) {
        Map<String, List<String>> more = new TreeMap<>(query);
        more.put(name, List.copyOf(values));
        return new ApiRequest(verb, resource, method, path, more, contentType, body);
    }

    ApiRequest withBody(String type, String content) {
        return new ApiRequest(verb, resource, method, path, query, type, content);
    }

    /** Path and query, encoded. */
    String target() {
        if (query.isEmpty()) {
            return path;
        }
        return query.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> encode(entry.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&", path + "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
