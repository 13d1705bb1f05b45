package hakube.ingress;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A browser's session. @param end is valid itself */
record IngressSession(Instant end, Optional<IngressUser> user) {

    /** Of a new session, and what each use adds to the end. */
    static final Duration LIFE = Duration.ofMinutes(15);

    /** Upstream's dates go no further. */
    static final Instant LAST_END = Instant.parse("9999-12-31T23:59:59Z");

    static IngressSession fresh(Optional<IngressUser> user, Instant now) {
        return new IngressSession(now.plus(LIFE), user);
    }

    boolean isOver(Instant now) {
        return end.isBefore(now);
    }

    /** Added to the end, not to now: a busy session lives on for long. An end beyond all dates begins anew. */
    IngressSession used(Instant now) {
        Instant later = end.plus(LIFE);
        return new IngressSession(later.isAfter(LAST_END) ? now.plus(LIFE) : later, user);
    }
}
