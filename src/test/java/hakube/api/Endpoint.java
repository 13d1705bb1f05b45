package hakube.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One row of upstream's routes, {@code endpoints.tsv}, with what is added to it here, or a route of our own, {@code extensions.tsv}: what
 * is compared with what is served.
 *
 * @param v1 path in v1, empty where only v2 has the route
 * @param v2 path in v2
 * @param role the least role that reaches it, {@code open} for no token at all
 * @param request what it takes, see {@link RequestShape}
 * @param response shape of a good answer, see {@link ContractShape}
 * @param kind {@code native}, {@code local}, {@code synthesized} or {@code not_supported}
 * @param note what stands behind it here
 * @param isOurs whether upstream has no such route
 */
public record Endpoint(
        String method,
        Optional<String> v1,
        Optional<String> v2,
        String role,
        String request,
        String response,
        String kind,
        String note,
        boolean isOurs) {

    private static final List<String> LINES = lines("endpoints.tsv");

    /** All rows: upstream's in its order, then our own. */
    public static List<Endpoint> all() {
        List<Endpoint> extensions = extensions();
        List<Endpoint> all = new ArrayList<>();
        upstreams().map(row -> row.with(extensions)).forEach(all::add);
        extensions.stream()
                .filter(extension -> upstreams().noneMatch(row -> row.isRouteOf(extension)))
                .forEach(all::add);
        return all;
    }

    /** What is here and not at upstream: routes, and keys of upstream's routes. */
    public static List<Endpoint> extensions() {
        return rows(lines("extensions.tsv"), true).toList();
    }

    private static Stream<Endpoint> upstreams() {
        return rows(LINES, false);
    }

    private static Stream<Endpoint> rows(List<String> lines, boolean areOurs) {
        return lines.stream()
                .skip(2)
                .filter(line -> !line.isBlank())
                .map(line -> of(List.of(line.split("\t", -1)), areOurs));
    }

    private boolean isRouteOf(Endpoint other) {
        return method.equals(other.method) && paths().equals(other.paths());
    }

    /** With the keys that are added to it here. */
    private Endpoint with(List<Endpoint> extensions) {
        return extensions.stream()
                .filter(this::isRouteOf)
                .findFirst()
                .map(more -> new Endpoint(
                        method,
                        v1,
                        v2,
                        role,
                        joined(request, more.request),
                        joined(response, more.response),
                        kind,
                        note,
                        isOurs))
                .orElse(this);
    }

    private static String joined(String keys, String more) {
        return more.equals("-") ? keys : keys + "," + more;
    }

    /** Which upstream the rows are of. */
    public static String upstream() {
        return LINES.getFirst().substring(2, LINES.getFirst().indexOf(':'));
    }

    /** Whether a cluster cannot do this. */
    public boolean isRefused() {
        return kind.equals("not_supported");
    }

    /** Its paths in both versions. */
    public List<String> paths() {
        return Stream.concat(v1.stream(), v2.stream()).toList();
    }

    static List<String> lines(String resource) {
        try (InputStream table = Endpoint.class.getResourceAsStream(resource)) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Endpoint of(List<String> columns, boolean isOurs) {
        return new Endpoint(
                columns.get(0),
                path(columns.get(1)),
                path(columns.get(2)),
                columns.get(3),
                columns.get(4),
                columns.get(5),
                columns.get(6),
                columns.get(7),
                isOurs);
    }

    private static Optional<String> path(String column) {
        return column.equals("-") ? Optional.empty() : Optional.of(column);
    }
}
