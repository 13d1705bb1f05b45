package hakube.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All routes of both versions of the API, and what those answer that no resource serves. */
final class RouteTable {

    private static final Map<ApiVersion, List<Route>> ROUTES = read();

    private RouteTable() {}

    /**
     * What a request gets that met no resource.
     *
     * @param path whole path, decoded
     */
    static Unserved of(String method, String path) {
        String asked = method.equals("HEAD") ? "GET" : method;
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : ROUTES.get(ApiVersion.of(path))) {
            if (route.pattern().matcher(path).matches()) {
                if (route.method().equals(asked) || route.method().equals("ANY")) {
                    return route.failure();
                }
                allowed.add(route.method());
                if (route.method().equals("GET")) {
                    allowed.add("HEAD");
                }
            }
        }
        return allowed.isEmpty() ? new Unserved.Unknown() : new Unserved.OtherMethod(String.join(",", allowed));
    }

    private static Map<ApiVersion, List<Route>> read() {
        try (InputStream table = RouteTable.class.getResourceAsStream("routes.tsv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split("\t", -1)))
                    .collect(Collectors.groupingBy(
                            columns -> ApiVersion.of(columns.get(1)),
                            () -> new EnumMap<>(ApiVersion.class),
                            Collectors.mapping(Route::of, Collectors.toList())));
        } catch (IOException e) {
            throw new UncheckedIOException("The route table cannot be read", e);
        }
    }

    /** Why nothing served a request. */
    sealed interface Unserved {
        /** A cluster cannot do this: the uniform refusal. */
        record Refused(String subject, String feature) implements Unserved {}

        /** Its part is not built yet. */
        record NotReady() implements Unserved {}

        /** The path exists with other methods. */
        record OtherMethod(String allow) implements Unserved {}

        /** No such path. */
        record Unknown() implements Unserved {}
    }

    private record Route(String method, Pattern pattern, Unserved failure) {
        static Route of(List<String> columns) {
            Unserved failure = columns.get(2).equals("refused")
                    ? new Unserved.Refused(columns.get(4), columns.get(3))
                    : new Unserved.NotReady();
            String expression = columns.get(1)
                    .replace("{path:.+}", "\u0001")
                    .replace("{path:.*}", "\u0002")
                    .replaceAll("\\{[^}]+}", "\u0003")
                    .replace(".", "\\.")
                    .replace("\u0001", ".+")
                    .replace("\u0002", ".*")
                    .replace("\u0003", "[^/]+");
            return new Route(columns.get(0), Pattern.compile(expression), failure);
        }
    }
}
