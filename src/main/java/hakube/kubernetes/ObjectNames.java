package hakube.kubernetes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of objects and values of labels, made from texts that Kubernetes would refuse (docs/architecture.md, Names). */
public final class ObjectNames {

    private static final int LABEL_LIMIT = 63;
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    /** Leaves room for what a Deployment appends to the names of its pods. */
    private static final int WORKLOAD_LIMIT = 52;

    private ObjectNames() {}

    /**
     * Name of an app's Deployment: lower case, other characters than {@code a-z 0-9 -} as dashes, dashes cut at both ends.
     * When more than underscores had to change, or the name is longer than 52, a dash and 8 hex digits of the slug's SHA-1
     * follow, so that two slugs never meet.
     */
    public static String deployment(String slug) {
        String name = trimDashes(slug.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-"));
        if (name.equals(slug.replace('_', '-')) && name.length() <= WORKLOAD_LIMIT) {
            return name;
        }
        String cut = name.substring(0, Math.min(name.length(), WORKLOAD_LIMIT - 9));
        return trimDashes(trimDashes(cut) + "-" + shortHash(slug));
    }

    /** Name of an app's Service: as its Deployment, but it must begin with a letter (DNS-1035). */
    public static String service(String slug) {
        String name = deployment(slug);
        return Character.isDigit(name.charAt(0)) ? "addon-" + name : name;
    }

    /** Host name of an app as upstream makes it: the full slug with dashes. Not always one that DNS takes. */
    public static String hostname(String slug) {
        return slug.replace('_', '-');
    }

    /**
     * Host name of an app's pod: as {@link #hostname}, where that is one of DNS, else that of its {@link #deployment}, since DNS tells
     * no capitals apart and two pods of one name would get each other's connections. At most 63 characters.
     */
    public static String podHostname(String slug) {
        String name = hostname(slug);
        return DNS_LABEL.matcher(name).matches() ? name : deployment(slug);
    }

    /** A text as a label's value: what does not fit is replaced, and a hash of the whole keeps it distinct. */
    public static String labelValue(String text) {
        String safe = text.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
        if (safe.equals(text) && safe.length() <= LABEL_LIMIT) {
            return safe;
        }
        String cut = safe.substring(0, Math.min(safe.length(), LABEL_LIMIT - 9));
        return cut.isEmpty() ? shortHash(text) : cut + "-" + shortHash(text);
    }

    private static String trimDashes(String text) {
        return text.replaceAll("^-+|-+$", "");
    }

    private static String shortHash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }
}
