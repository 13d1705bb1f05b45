package hakube.access;

import jakarta.json.bind.annotation.JsonbProperty;

/**
 * What {@code security.json} keeps and {@code /security/info} answers (upstream {@code supervisor/validate.py}, 2026-08; its
 * {@code content_trust} is no more).
 *
 * @param pwned whether passwords of apps may be looked up among leaked ones
 * @param forceSecurity whether something is made of what is found; upstream asks, and forgets the answer, while this is off
 */
public record SecurityOptions(
        Boolean pwned, @JsonbProperty("force_security") Boolean forceSecurity) {

    public SecurityOptions {
        pwned = !Boolean.FALSE.equals(pwned);
        forceSecurity = Boolean.TRUE.equals(forceSecurity);
    }
}
