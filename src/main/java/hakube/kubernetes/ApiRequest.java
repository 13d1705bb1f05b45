package hakube.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One request to the API server.
 *
 * @param verb the verb that a Role must allow
 * @param resource the resource as a Role writes it
 * @param path from the root of the API server, without query
 * @param query names and values, not yet encoded
 * @param contentType of the body, empty when there is none
 */
record ApiRequest(
        String verb,
        String resource,
        String method,
        String path,
        Map<String, String> query,
        String contentType,
        String body) {

    static ApiRequest of(String verb, String resource, String method, String path) {
        return new ApiRequest(verb, resource, method, path, Map.of(), "", "");
    }

    static ApiRequest get(String verb, String resource, String path) {
        return of(verb, resource, "GET", path);
    }

    ApiRequest with(String name, String value) {
        Map<String, String> more = new TreeMap<>(query);
        more.put(name, value);
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
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&", path + "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
