package hakube.access;

import java.util.List;
import java.util.Map;

/** Who sent a request. */
public sealed interface Caller {

    /** Home Assistant Core: everything that is not closed to all. */
    record Core() implements Caller {}

    /** The holder of the administrator's token, for {@code ha} and {@code curl}. */
    record Administrator() implements Caller {}

    /**
     * An installed app.
     *
     * @param hassioApi whether its role counts at all
     * @param services its right on each service that it lists: {@code provide}, {@code want} or {@code need}
     * @param discovery what it may announce to Core
     */
    record App(
            String slug,
            boolean hassioApi,
            Role role,
            boolean homeassistantApi,
            boolean authApi,
            Map<String, String> services,
            List<String> discovery)
            implements Caller {

        public App {
            services = Map.copyOf(services);
            discovery = List.copyOf(discovery);
        }

        /** An app that lists neither services nor discovery. */
        public App(String slug, boolean hassioApi, Role role, boolean homeassistantApi, boolean authApi) {
            this(slug, hassioApi, role, homeassistantApi, authApi, Map.of(), List.of());
        }

        /** For the log: without what the manifest alone decides, which may be long. */
        @Override
        public String toString() {
            return "App[slug=" + slug + ", hassioApi=" + hassioApi + ", role=" + role + "]";
        }
    }

    /** Role of an app ({@code hassio_role}). */
    enum Role {
        DEFAULT,
        HOMEASSISTANT,
        BACKUP,
        MANAGER,
        ADMIN
    }
}
