package hakube.backups;

import hakube.api.ApiFailure;
import hakube.api.Body;
import jakarta.json.Json;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a client may call the file of a backup (upstream {@code supervisor/api/backups.py}, {@code RE_BACKUP_FILENAME}, 2026-08); pure. */
final class FileName {

    /** Of a name on the file systems of Linux, in octets. */
    private static final int LONGEST = 255;

    /** As upstream, and no control characters: upstream lets a line feed pass at the end. */
    private static final Pattern FORM = Pattern.compile("[^\\\\/\\p{Cntrl}]+\\.tar");

    private static final String OTHER_FORM = "does not match regular expression ^[^\\\\\\/]+\\.tar$";
    private static final String TOO_LONG = "length of value must be at most " + LONGEST;

    private FileName() {}

    /** Reads a key of a body; what is wrong is noted there. */
    static Optional<String> read(Body body, String key) {
        return body.any(key).flatMap(value -> {
            Optional<String> fault = value instanceof JsonString name
                    ? faultOf(name.getString())
                    : Optional.of("expected string or buffer");
            fault.ifPresent(what -> body.refuse(key, what));
            return fault.isPresent() ? Optional.empty() : Optional.of(((JsonString) value).getString());
        });
    }

    /** @throws ApiFailure.BadRequest it does not fit */
    static String require(String name) {
        faultOf(name).ifPresent(what -> {
            throw new ApiFailure.BadRequest(what + ". Got " + Body.quoted(Json.createValue(name)));
        });
        return name;
    }

    private static Optional<String> faultOf(String name) {
        if (!FORM.matcher(name).matches()) {
            return Optional.of(OTHER_FORM);
        }
        return name.getBytes(StandardCharsets.UTF_8).length > LONGEST ? Optional.of(TOO_LONG) : Optional.empty();
    }
}
