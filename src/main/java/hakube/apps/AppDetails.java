package hakube.apps;

import hakube.access.Caller;
import hakube.access.IngressRoute;
import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.ObjectNames;
import hakube.store.AppManifest;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The answer of {@code /addons/{app}/info} and its twin in version 2 (upstream {@code supervisor/api/addons.py}, 2026-08). */
@Singleton
final class AppDetails {

    private static final Logger LOG = Logger.getLogger(AppDetails.class.getName());
    private static final int LONGEST_README = 1 << 20;

    private final AppListing listing;
    private final AppBoard board;
    private final IngressPorts ingressPorts;
    private final Cluster cluster;
    private final Settings settings;

    @Inject
    AppDetails(AppListing listing, AppBoard board, IngressPorts ingressPorts, Cluster cluster, Settings settings) {
        this.listing = listing;
        this.board = board;
        this.ingressPorts = ingressPorts;
        this.cluster = cluster;
        this.settings = settings;
    }

    /**
     * @param peer address of the caller, which is the app's own when it asks for itself
     * @return may be added to
     */
    Map<String, Object> of(InstalledApp app, Caller caller, String peer) {
        Map<String, Object> info = new LinkedHashMap<>();
        putIdentity(info, app);
        putOffer(info, app);
        putRights(info, app.manifest());
        putWeb(info, app);
        putUser(info, app);
        info.put("options", mayReadOptions(app, caller) ? JsonValues.json(app.options()) : Map.of());
        info.put("schema", app.manifest().schema().map(OptionForm::of).orElse(null));
        info.put("state", board.seen(app.slug()).state().wire());
        info.put("ip_address", address(app, caller, peer));
        putExtensions(info, app);
        return info;
    }

    /** What upstream does not tell. */
    private void putExtensions(Map<String, Object> info, InstalledApp app) {
        info.put("digest", ImageDigest.of(board.pods(app.slug())).orElse(null));
        info.put("resources", app.user().own().resources().json().orElse(null));
    }

    /** Core and the administrator, the app itself, and apps whose role is manager or admin. */
    static boolean mayReadOptions(InstalledApp app, Caller caller) {
        return switch (caller) {
            case Caller.Core ignored -> true;
            case Caller.Administrator ignored -> true;
            case Caller.App other ->
                other.slug().equals(app.slug())
                        || (other.hassioApi()
                                && (other.role() == Caller.Role.MANAGER || other.role() == Caller.Role.ADMIN));
        };
    }

    private void putIdentity(Map<String, Object> info, InstalledApp app) {
        AppManifest manifest = app.manifest();
        info.put("name", manifest.name());
        info.put("slug", app.slug());
        info.put("hostname", ObjectNames.podHostname(app.slug()));
        info.put("dns", List.of(dns(app)));
        info.put("description", manifest.description());
        info.put("stage", wire(manifest.stage()));
        info.put("repository", app.repository());
        info.put("rating", Rating.of(manifest));
        info.put("boot_config", wire(manifest.run().boot()));
        info.put("arch", manifest.arch());
        info.put("machine", manifest.machine());
        info.put("homeassistant", manifest.homeassistant().orElse(null));
        info.put("url", manifest.url().orElse(null));
        info.put("build", manifest.run().image().isEmpty());
        info.put("startup", wire(manifest.run().startup()));
        info.put("stdin", manifest.run().stdin());
        // Newer than 2026-08; aiohasupervisor 0.11 has no default. An app's lines are as it wrote them.
        info.put("log_format", "plain");
        info.put(
                "services",
                manifest.access().services().entrySet().stream()
                        .map(service -> service.getKey() + ":" + service.getValue())
                        .toList());
        info.put("discovery", manifest.access().discovery());
        info.put("signed", false);
    }

    /** What the store adds; a detached app has none of it. */
    private void putOffer(Map<String, Object> info, InstalledApp app) {
        Optional<StoreApp> offered = listing.offered(app);
        Optional<StoreApp.Documents> documents = offered.map(StoreApp::documents);
        info.put("version", app.user().version());
        info.put("version_latest", listing.latest(app));
        info.put("update_available", listing.hasUpdate(app));
        info.put("available", listing.isAvailable(app));
        info.put("detached", offered.isEmpty());
        info.put(
                "long_description",
                documents
                        .flatMap(StoreApp.Documents::readme)
                        .flatMap(AppDetails::text)
                        .orElse(null));
        info.put("icon", documents.flatMap(StoreApp.Documents::icon).isPresent());
        info.put("logo", documents.flatMap(StoreApp.Documents::logo).isPresent());
        info.put("changelog", documents.flatMap(StoreApp.Documents::changelog).isPresent());
        info.put(
                "documentation",
                documents.flatMap(StoreApp.Documents::documentation).isPresent());
        info.put("translations", offered.map(StoreApp::translations).orElse(Map.of()));
    }

    private static void putRights(Map<String, Object> info, AppManifest manifest) {
        AppManifest.Rights rights = manifest.rights();
        AppManifest.Hardware hardware = manifest.hardware();
        AppManifest.Access access = manifest.access();
        info.put("host_network", manifest.network().hostNetwork());
        info.put("host_pid", rights.hostPid());
        info.put("host_ipc", rights.hostIpc());
        info.put("host_uts", rights.hostUts());
        info.put("host_dbus", rights.hostDbus());
        info.put("privileged", List.copyOf(rights.privileged()));
        info.put("full_access", rights.fullAccess());
        info.put("apparmor", rights.apparmor() ? "default" : "disable");
        info.put("docker_api", rights.dockerApi());
        info.put("devices", hardware.devices());
        info.put("gpio", hardware.gpio());
        info.put("usb", hardware.usb());
        info.put("uart", hardware.uart());
        info.put("kernel_modules", hardware.kernelModules());
        info.put("devicetree", hardware.devicetree());
        info.put("udev", hardware.udev());
        info.put("video", hardware.video());
        info.put("audio", hardware.audio());
        info.put("hassio_api", access.hassioApi());
        info.put("hassio_role", access.hassioRole());
        info.put("auth_api", access.authApi());
        info.put("homeassistant_api", access.homeassistantApi());
    }

    private void putWeb(Map<String, Object> info, InstalledApp app) {
        AppManifest.Network network = app.manifest().network();
        AppManifest.Web web = app.manifest().web();
        info.put("network", network.ports().isEmpty() ? null : app.network());
        info.put("network_description", network.descriptions().isEmpty() ? null : network.descriptions());
        info.put("webui", WebAddress.of(app).orElse(null));
        info.put("ingress", web.ingress());
        String entry = IngressRoute.ENTRY + app.user().ingressToken();
        info.put("ingress_entry", web.ingress() ? entry : null);
        info.put("ingress_url", web.ingress() ? entry + "/" + web.ingressEntry().orElse("") : null);
        info.put("ingress_port", ingressPorts.known(app).orElse(null));
        info.put("ingress_panel", web.ingress() ? app.user().flags().ingressPanel() : null);
    }

    private static void putUser(Map<String, Object> info, InstalledApp app) {
        UserLayer user = app.user();
        boolean audio = app.manifest().hardware().audio();
        info.put("protected", user.flags().isProtected());
        info.put("boot", app.boot());
        info.put("auto_update", user.flags().autoUpdate());
        info.put("watchdog", user.flags().watchdog());
        info.put("audio_input", audio ? user.audioInput().orElse(null) : null);
        info.put("audio_output", audio ? user.audioOutput().orElse(null) : null);
        info.put("system_managed", user.flags().systemManaged());
        info.put("system_managed_config_entry", user.systemManagedConfigEntry().orElse(null));
    }

    /** The name that every app's pod has, also where no Service can be called so. */
    private String dns(InstalledApp app) {
        return ObjectNames.podHostname(app.slug()) + "." + AppWorkload.HEADLESS + "." + cluster.namespace() + ".svc."
                + settings.cluster().domain();
    }

    /** The watch may be behind an app that asks who it is: then its connection tells. */
    private String address(InstalledApp app, Caller caller, String peer) {
        boolean itself = caller instanceof Caller.App asking && asking.slug().equals(app.slug());
        return AppStates.current(board.pods(app.slug()))
                .flatMap(PodAddress::of)
                .or(() -> Optional.ofNullable(peer).filter(found -> itself && PodAddress.isIpv4(found)))
                .orElse(PodAddress.NONE);
    }

    private static String wire(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> text(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(new String(stream.readNBytes(LONGEST_README), StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Cannot read " + file, e);
            return Optional.empty();
        }
    }
}
