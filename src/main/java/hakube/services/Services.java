package hakube.services;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.events.Events;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Who may read, set and delete the data of a service (upstream {@code supervisor/api/services.py}, 2026-08). */
@Singleton
public final class Services {

    /** Characters of a request; real ones have some hundred. */
    static final int LARGEST_REQUEST = 1 << 16;

    private static final Logger LOG = Logger.getLogger(Services.class.getName());
    private static final String PROVIDE = "provide";

    private final ServicesFile file;
    private final ServiceProviders providers;

    @Inject
    public Services(Folders folders, Events events, ServiceProviders providers) {
        this.file = new ServicesFile(folders, events);
        this.providers = providers;
    }

    /**
     * A service as it is listed.
     *
     * @param available whether somebody told its data
     * @param providers full slugs of the installed apps that could
     */
    public record Item(String slug, boolean available, List<String> providers) {}

    /** Reads the state file; to be called once storage is there. */
    public void load() {
        file.load();
    }

    /** Forgets all data, for a boot. */
    public void reset() {
        file.change(Map::clear);
    }

    /** Forgets what that app told, since it goes. */
    public void withdraw(String slug) {
        file.change(provided -> provided.values().removeIf(data -> data.app().equals(slug)));
    }

    List<Item> list() {
        return Stream.of(ServiceKind.values())
                .map(kind -> new Item(kind.slug(), file.find(kind).isPresent(), providers.of(kind.slug())))
                .toList();
    }

    /**
     * The data of a service, for an app that lists it in its manifest.
     *
     * @throws ApiFailure.NotFound there is no such service
     * @throws ApiFailure.Forbidden the caller does not list it, or is no app
     * @throws ApiFailure.BadRequest nobody provides it
     */
    ServiceData get(String service, Caller caller) {
        ServiceKind kind = kind(service);
        requireAccess(kind, caller);
        return file.find(kind).orElseThrow(() -> new ApiFailure.BadRequest("Service not enabled"));
    }

    /**
     * Sets the data; any right on the service is enough, as upstream has it.
     *
     * @throws ApiFailure.Conflict {@code service_already_provided_error}: the first provider wins
     */
    void set(String service, Caller caller, String text) {
        ServiceKind kind = kind(service);
        if (text != null && text.length() > LARGEST_REQUEST) {
            throw new ApiFailure.BadRequest("The data of a service is too large: " + text.length()
                    + " characters, at most " + LARGEST_REQUEST + " are allowed");
        }
        Body body = Body.ofSecrets(text);
        Map<String, Object> values = kind.read(body);
        body.check();
        Caller.App app = requireAccess(kind, caller);
        file.change(provided -> provide(provided, kind, new ServiceData(app.slug(), values)));
        LOG.info(() -> "App " + app.slug() + " provides service " + kind.slug());
    }

    /**
     * Takes the data away, whoever told it.
     *
     * @throws ApiFailure.Forbidden the caller's manifest does not say {@code provide}
     * @throws ApiFailure.NotFound {@code service_not_provided_error}
     */
    void delete(String service, Caller caller) {
        ServiceKind kind = kind(service);
        Caller.App app = requireAccess(kind, caller);
        if (!PROVIDE.equals(app.services().get(kind.slug()))) {
            throw new ApiFailure.Forbidden("No access to write " + kind.slug() + " service!");
        }
        file.change(provided -> {
            if (provided.remove(kind) == null) {
                throw new ApiFailure.NotFound(
                        "The " + kind.slug() + " service is not currently provided by any app",
                        "service_not_provided_error",
                        Map.of("service", kind.slug()));
            }
        });
        LOG.info(() -> "App " + app.slug() + " provides service " + kind.slug() + " no more");
    }

    private void provide(Map<ServiceKind, ServiceData> provided, ServiceKind kind, ServiceData data) {
        ServiceData first = provided.putIfAbsent(kind, data);
        if (first != null) {
            throw new ApiFailure.Conflict(
                    "The " + kind.slug() + " service is already provided by " + first.app(),
                    "service_already_provided_error",
                    Map.of("service", kind.slug(), "app", first.app()));
        }
        // Asked while nobody can withdraw: a last word of an app that is being uninstalled would stay for ever.
        if (!providers.isInstalled(data.app())) {
            throw noAccess(kind);
        }
    }

    private static ServiceKind kind(String service) {
        return ServiceKind.of(service).orElseThrow(() -> new ApiFailure.NotFound("Service does not exist"));
    }

    private static Caller.App requireAccess(ServiceKind kind, Caller caller) {
        if (caller instanceof Caller.App app && app.services().containsKey(kind.slug())) {
            return app;
        }
        throw noAccess(kind);
    }

    private static ApiFailure noAccess(ServiceKind kind) {
        return new ApiFailure.Forbidden("No access to " + kind.slug() + " service!");
    }
}
