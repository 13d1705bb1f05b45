package hakube.proxy;

import hakube.access.Caller;
import hakube.access.Callers;
import hakube.relay.Field;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/** Which apps may reach Core: those with {@code homeassistant_api}. Nobody else, not even Core itself. */
@Singleton
final class ProxyCallers {

    private static final Logger LOG = Logger.getLogger(ProxyCallers.class.getName());

    private final Instance<Callers> callers;

    @Inject
    ProxyCallers(Instance<Callers> callers) {
        this.callers = callers;
    }

    /** The app whose request this is; its token stands at two places, of which the first counts alone where it is there. */
    Optional<Caller.App> of(List<Field> received) {
        return first(received, "Authorization")
                .map(value -> value.substring(value.lastIndexOf(' ') + 1))
                .or(() -> first(received, "X-Ha-Access"))
                .flatMap(this::byToken);
    }

    Optional<Caller.App> byToken(String token) {
        Optional<Caller.App> app =
                callers.stream().flatMap(known -> known.byToken(token).stream()).findFirst();
        if (app.isEmpty()) {
            LOG.warning("Access to Home Assistant with a token of no app");
        } else if (!app.get().homeassistantApi()) {
            LOG.warning(() -> "App " + app.get().slug() + " may not reach Home Assistant");
        }
        return app.filter(Caller.App::homeassistantApi);
    }

    private static Optional<String> first(List<Field> received, String name) {
        return received.stream()
                .filter(field -> field.is(name))
                .map(Field::value)
                .findFirst();
    }
}
