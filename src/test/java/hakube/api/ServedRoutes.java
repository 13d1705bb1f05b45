package hakube.api;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the resources of all rooms serve, found out from their annotations. */
public final class ServedRoutes {

    private static final Pattern TEMPLATE = Pattern.compile("\\{\\s*[-\\w.]+\\s*(?::\\s*([^{}]*?)\\s*)?}");

    /** Relays, which answer before any resource. */
    private static final Set<String> RELAYED = Set.of(
            "ANY /ingress/{}/{…}",
            "ANY /v2/ingress/{}/{…}",
            "GET /core/websocket",
            "GET /core/api/websocket",
            "GET /core/api",
            "GET /core/api/stream",
            "GET /core/api/{…}",
            "POST /core/api/{…}",
            "DELETE /core/api/{…}",
            "GET /homeassistant/websocket",
            "GET /homeassistant/api/websocket",
            "GET /homeassistant/api",
            "GET /homeassistant/api/stream",
            "GET /homeassistant/api/{…}",
            "POST /homeassistant/api/{…}",
            "GET /v2/core/websocket",
            "GET /v2/core/api/websocket",
            "GET /v2/core/api",
            "GET /v2/core/api/stream",
            "GET /v2/core/api/{…}",
            "POST /v2/core/api/{…}",
            "DELETE /v2/core/api/{…}");

    private static final Set<String> ROUTES = scan();

    private ServedRoutes() {}

    /** Method and path, the names of parameters left out: {@code GET /addons/{}/info}. */
    public static Set<String> all() {
        return ROUTES;
    }

    /** Whether a resource answers this route of upstream. */
    public static boolean contains(String method, String path) {
        return ROUTES.contains(nameless(method, path));
    }

    /** The route without the names of its parameters. */
    public static String nameless(String method, String path) {
        return method + " " + variants(path).getFirst();
    }

    private static Set<String> scan() {
        Set<String> routes = new TreeSet<>(RELAYED);
        resources().forEach(resource -> routes.addAll(of(resource)));
        return routes;
    }

    /** What this class serves by itself and by what it hands out; nothing when it is only handed out. */
    static Set<String> of(Class<?> resource) {
        Set<String> routes = new TreeSet<>();
        Path path = resource.getAnnotation(Path.class);
        if (path != null) {
            collect(resource, "/" + path.value(), routes);
        }
        return routes;
    }

    private static void collect(Class<?> resource, String prefix, Set<String> routes) {
        for (Method method : resource.getMethods()) {
            Path own = method.getAnnotation(Path.class);
            String path = own == null ? prefix : prefix + "/" + own.value();
            List<String> verbs = verbs(method);
            if (verbs.isEmpty() && own != null) {
                collectPart(method, path, routes);
            }
            for (String verb : verbs) {
                variants(path).forEach(variant -> routes.add(verb + " " + variant));
            }
        }
    }

    /** A method without a verb hands out the resource that goes on from there. */
    private static void collectPart(Method locator, String path, Set<String> routes) {
        Class<?> part = locator.getReturnType();
        if (Stream.of(part.getMethods()).allMatch(method -> verbs(method).isEmpty())) {
            throw new IllegalStateException(locator + " does not say in its type which resource goes on there");
        }
        collect(part, path, routes);
    }

    private static List<String> verbs(Method method) {
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value)
                .toList();
    }

    /** Parameters without names; one that is a choice of words becomes a path for each word. */
    private static List<String> variants(String path) {
        String clean = path.replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        Matcher template = TEMPLATE.matcher(clean);
        if (!template.find()) {
            return List.of(clean);
        }
        String head = clean.substring(0, template.start());
        String expression = template.group(1) == null ? "" : template.group(1);
        List<String> choices;
        if (expression.matches("[-\\w]+(\\|[-\\w]+)*")) {
            choices = List.of(expression.split("\\|", -1));
        } else {
            choices = List.of(expression.matches("\\.[+*]") ? "{…}" : "{}");
        }
        List<String> tails = variants(clean.substring(template.end()));
        return choices.stream()
                .flatMap(choice -> tails.stream().map(tail -> head + choice + tail))
                .toList();
    }

    private static List<Class<?>> resources() {
        try {
            java.nio.file.Path classes = java.nio.file.Path.of(Envelope.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<java.nio.file.Path> files = Files.walk(classes)) {
                return files.map(classes::relativize)
                        .map(java.nio.file.Path::toString)
                        .filter(file -> file.endsWith("Resource.class"))
                        .map(file -> file.replace('/', '.').replaceAll("\\.class$", ""))
                        .<Class<?>>map(ServedRoutes::load)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
