package hakube.apps;

import hakube.store.OptionType;
import hakube.store.PythonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One pass over a set of options: resolves secrets, remembers passwords, minds the size. For one thread, used once. */
final class OptionPass {

    /** Above any options in the field; a short text can name a long secret a thousand times. */
    private static final int MOST_SECRET_CHARACTERS = 1 << 20;

    private static final String SECRET = "!secret ";

    private final String app;
    private final Map<String, Object> secrets;
    private final Set<String> passwords = new LinkedHashSet<>();
    private final List<String> dropped = new ArrayList<>();
    private int secretCharacters;

    OptionPass(String app, Map<String, Object> secrets) {
        this.app = app;
        this.secrets = secrets;
    }

    /** SHA-1, in lower-case hex, of every password met so far, fitting or not. */
    Set<String> passwords() {
        return Set.copyOf(passwords);
    }

    /** Notes an option that the schema does not know. */
    void drop(String key) {
        dropped.add(key);
    }

    /** What was noted so. */
    List<String> dropped() {
        return dropped;
    }

    /** One scalar. */
    Object value(String type, Object value, String key) throws OptionFault {
        if (value == null) {
            throw new OptionFault("Missing required option '" + key + "' in " + app);
        }
        Object resolved = resolved(value);
        OptionType parsed =
                OptionType.parse(type).orElseThrow(() -> new OptionFault("Unknown type '" + type + "' in " + app));
        if (parsed.kind().filter(OptionType.Kind.PASSWORD::equals).isPresent() && OptionValue.isTruthy(resolved)) {
            passwords.add(sha1(PythonText.str(resolved)));
        }
        return new OptionValue(type, key, app).of(parsed, resolved);
    }

    /** Each item of a list. */
    List<Object> list(Object value, String key, Item item) throws OptionFault {
        if (!(value instanceof List<?> given)) {
            throw new OptionFault("Invalid list for option '" + key + "' in " + app);
        }
        List<Object> checked = new ArrayList<>(given.size());
        for (Object each : given) {
            checked.add(item.check(each));
        }
        return checked;
    }

    /** Checks one item. */
    @FunctionalInterface
    interface Item {
        Object check(Object value) throws OptionFault;
    }

    private Object resolved(Object value) throws OptionFault {
        if (!(value instanceof String text) || !text.startsWith(SECRET)) {
            return value;
        }
        String name = text.substring(SECRET.length());
        Object secret = secrets.get(name);
        if (secret == null) {
            throw new OptionFault("Unknown secret '" + name + "' in " + app);
        }
        secretCharacters += secret instanceof String known ? known.length() : 1;
        if (secretCharacters > MOST_SECRET_CHARACTERS) {
            throw new OptionFault(
                    "Secrets make the options larger than " + MOST_SECRET_CHARACTERS + " characters in " + app);
        }
        return secret;
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }
}
