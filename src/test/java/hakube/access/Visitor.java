package hakube.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Everybody who may stand before the gate. */
enum Visitor {
    NOBODY(null, null),
    STRANGER("00", null),
    CORE("c0", null),
    ADMINISTRATOR("ad", null),
    /** An app without {@code hassio_api}: its role does not count. */
    PLAIN_APP("a0", app(false, Caller.Role.ADMIN)),
    DEFAULT("a1", app(true, Caller.Role.DEFAULT)),
    HOMEASSISTANT("a2", app(true, Caller.Role.HOMEASSISTANT)),
    BACKUP("a3", app(true, Caller.Role.BACKUP)),
    MANAGER("a4", app(true, Caller.Role.MANAGER)),
    ADMIN("a5", app(true, Caller.Role.ADMIN));

    private final String octet;
    private final Caller.App app;

    Visitor(String octet, Caller.App app) {
        this.octet = octet;
        this.app = app;
    }

    static List<Visitor> all() {
        return List.of(values());
    }

    /** The app with this token. */
    static Optional<Caller.App> appOf(String token) {
        return Arrays.stream(values())
                .filter(visitor -> visitor.app != null && visitor.token().equals(token))
                .map(visitor -> visitor.app)
                .findFirst();
    }

    String token() {
        return octet.repeat(56);
    }

    /** As a request carries it; empty for nobody. */
    String[] headers() {
        return octet == null ? new String[0] : new String[] {"X-Supervisor-Token: " + token()};
    }

    boolean isApp() {
        return app != null;
    }

    /** Whether the table's least role lets this one through the gate. */
    boolean reaches(String leastRole) {
        return switch (leastRole) {
            case "open" -> true;
            case "any-addon" -> octet != null && this != STRANGER;
            case "core-only" -> this == CORE;
            case "info" -> isOneOf(DEFAULT, HOMEASSISTANT, BACKUP, MANAGER, ADMIN);
            case "homeassistant" -> isOneOf(HOMEASSISTANT, MANAGER, ADMIN);
            case "backup" -> isOneOf(BACKUP, MANAGER, ADMIN);
            case "manager" -> isOneOf(MANAGER, ADMIN);
            case "admin" -> isOneOf(ADMIN);
            default -> throw new IllegalArgumentException("least role " + leastRole);
        };
    }

    private boolean isOneOf(Visitor... apps) {
        return this == CORE || this == ADMINISTRATOR || List.of(apps).contains(this);
    }

    private static Caller.App app(boolean hassioApi, Caller.Role role) {
        return new Caller.App("local_visitor", hassioApi, role, false, false);
    }
}
