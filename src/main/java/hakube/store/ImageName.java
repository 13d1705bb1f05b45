package hakube.store;

import java.util.Locale;
import java.util.regex.Pattern;

/** The name of an image without its tag: an optional registry, then path parts. */
final class ImageName {

    private static final Pattern PART = Pattern.compile("[a-z0-9{][a-z0-9.\\-_{}]*");
    private static final Pattern REGISTRY = Pattern.compile("(?:localhost"
            + "|\\[[0-9a-f:]+\\]"
            + "|(?:[a-z0-9]+(?:-+[a-z0-9]+)*)(?:\\.[a-z0-9]+(?:-+[a-z0-9]+)*)*"
            + ")(?::[0-9]{1,5})?");

    private ImageName() {}

    static Object check(Object value) throws Violation {
        if (!(value instanceof String image) || image.isEmpty()) {
            throw new Violation("Expected a non-empty string for docker image, got: " + PythonText.str(value));
        }
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean hasRegistry = isRegistry(first);
        if (hasRegistry && !first.equals(first.toLowerCase(Locale.ROOT))) {
            throw new Violation("Docker image registry must be lowercase: " + image);
        } else if (hasRegistry && !REGISTRY.matcher(first).matches()) {
            throw new Violation("Invalid Docker image registry '" + first + "' in: " + image);
        }
        String path = hasRegistry ? image.substring(slash + 1) : image;
        if (path.isEmpty()) {
            throw new Violation("Docker image has no name: " + image);
        } else if (path.contains(":")) {
            throw new Violation("Docker image must not contain a tag: " + image);
        }
        for (String part : path.split("/", -1)) {
            if (!PART.matcher(part).matches()) {
                throw new Violation("Invalid Docker image path component '" + part + "' in: " + image);
            }
        }
        return image;
    }

    /** The first part is a registry when it could be a host: it has a dot or a colon, or is {@code localhost}. */
    private static boolean isRegistry(String first) {
        return first.equalsIgnoreCase("localhost")
                || (!first.contains("{") && (first.contains(".") || first.contains(":")));
    }
}
