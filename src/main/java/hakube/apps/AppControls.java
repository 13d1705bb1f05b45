package hakube.apps;

import hakube.access.LeakedPasswords;
import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.api.JsonText;
import hakube.config.Settings;
import hakube.store.AppManifest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;

/** What the routes change of an installed app: the whole body is checked first, then written at once or not at all. */
@Singleton
final class AppControls {

    /** Characters of a request that carries options; the largest manifest has as many bytes. */
    static final int LARGEST_REQUEST = 1 << 20;

    private static final Logger LOG = Logger.getLogger(AppControls.class.getName());

    private final Apps apps;
    private final AppOptions options;
    private final LeakedPasswords leaked;
    private final Settings settings;

    @Inject
    AppControls(Apps apps, AppOptions options, LeakedPasswords leaked, Settings settings) {
        this.apps = apps;
        this.options = options;
        this.leaked = leaked;
        this.settings = settings;
    }

    /**
     * Options, ports, resources and switches; they take effect at the next start.
     *
     * @throws ApiFailure.BadRequest for a body that does not fit, {@code app_configuration_invalid_error} for options,
     *     {@code app_boot_config_cannot_change_error} for a boot that the manifest fixes
     */
    void options(InstalledApp app, String text) {
        refuseLarge(app, text);
        Body body = Body.of(text);
        boolean hasOptions = body.has("options");
        Optional<JsonObject> given = body.nullableObject("options");
        Optional<String> boot = body.oneOf("boot", "AppBoot", List.of("auto", "manual"));
        Optional<Optional<Map<String, Integer>>> network = NetworkChoice.of(body, app);
        Optional<Boolean> autoUpdate = body.lenientBool("auto_update");
        Optional<Boolean> panel = body.lenientBool("ingress_panel");
        Optional<Boolean> watchdog = body.lenientBool("watchdog");
        Optional<AppResources> resources = ResourceChoice.of(body, settings.apps());
        boolean hasInput = body.has("audio_input");
        Optional<String> input = body.nullableText("audio_input");
        boolean hasOutput = body.has("audio_output");
        Optional<String> output = body.nullableText("audio_output");
        body.check();
        Optional<Map<String, Object>> chosen = hasOptions ? Optional.of(chosen(app, given)) : Optional.empty();
        if (boot.isPresent() && app.manifest().run().boot() == AppManifest.Boot.MANUAL_ONLY) {
            throw new ApiFailure.BadRequest(
                    "App " + app.slug() + " boot option is set to manual_only so it cannot be changed",
                    "app_boot_config_cannot_change_error",
                    Map.of("app", app.slug(), "boot_config", "manual_only"));
        }
        boolean mayWatch = !watchdog.orElse(false) || canBeWatched(app);
        apps.change(app.slug(), user -> {
            UserLayer.Flags flags = user.flags();
            UserLayer changed = user.withFlags(new UserLayer.Flags(
                            autoUpdate.orElse(flags.autoUpdate()),
                            flags.isProtected(),
                            panel.orElse(flags.ingressPanel()),
                            mayWatch ? watchdog.orElse(flags.watchdog()) : flags.watchdog(),
                            flags.systemManaged()))
                    .withAudio(hasInput ? input : user.audioInput(), hasOutput ? output : user.audioOutput())
                    .withOptions(chosen.orElse(user.options()))
                    .withNetwork(network.orElse(user.network()))
                    .withResources(resources.orElse(user.own().resources()));
            return boot.isPresent() ? changed.withBoot(boot.get()) : changed;
        });
    }

    /**
     * Whether the options of the body fit, or those in force when it is empty.
     *
     * @return {@code message}, {@code valid} and {@code pwned}, which is null when a look-up for leaked passwords was wanted and had
     *     no answer
     */
    Map<String, Object> validate(InstalledApp app, String text) {
        refuseLarge(app, text);
        Object given = JsonValues.plain(JsonText.parse(text));
        CheckedOptions checked = options.check(app, OptionValue.isTruthy(given) ? given : app.options());
        String message =
                switch (checked) {
                    case CheckedOptions.Fitting ignored -> "";
                    case CheckedOptions.Faulty faulty -> faulty.message();
                };
        return switch (leaked.of(checked.passwords())) {
            case SAFE -> validity(message, false);
            case LEAKED -> validity("App uses pwned secrets!", true);
            case UNKNOWN -> validity("Error happening on pwned secrets check!", null);
        };
    }

    private static Map<String, Object> validity(String message, Boolean pwned) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("message", message);
        answer.put("valid", message.isEmpty());
        answer.put("pwned", pwned);
        return answer;
    }

    /** What the process would find in {@code options.json} if it started now. */
    JsonObject config(InstalledApp app) {
        return JsonValues.json(options.effective(app));
    }

    /** Protection: kept and told, it gives nothing here that an app lacks. */
    void security(InstalledApp app, String text) {
        Body body = Body.of(text);
        Optional<Boolean> isProtected = body.lenientBool("protected");
        body.check();
        isProtected.ifPresent(on -> {
            LOG.warning(() -> "Protection of app " + app.slug() + " is switched " + (on ? "on" : "off"));
            changeFlags(app, flags -> flags.withProtected(on));
        });
    }

    /** What Core alone may say: whether it manages the app, and for which of its config entries. */
    void systemOptions(InstalledApp app, String text) {
        Body body = Body.of(text);
        Optional<Boolean> managed = body.lenientBool("system_managed");
        boolean hasEntry = body.has("system_managed_config_entry");
        Optional<String> entry = body.nullableText("system_managed_config_entry");
        body.check();
        apps.change(app.slug(), user -> {
            boolean now = managed.orElse(user.flags().systemManaged());
            Optional<String> kept = hasEntry ? entry : user.systemManagedConfigEntry();
            return user.withFlags(user.flags().withSystemManaged(now))
                    .withSystemManagedConfigEntry(now ? kept : Optional.empty());
        });
    }

    private void changeFlags(InstalledApp app, UnaryOperator<UserLayer.Flags> change) {
        apps.change(app.slug(), user -> user.withFlags(change.apply(user.flags())));
    }

    /** {@code null} goes back to the defaults. */
    private Map<String, Object> chosen(InstalledApp app, Optional<JsonObject> given) {
        return given.map(map -> options.normalised(app, JsonValues.plain(map))).orElse(Map.of());
    }

    private static boolean canBeWatched(InstalledApp app) {
        if (app.runsOnce()) {
            LOG.warning(() -> "App " + app.slug() + " runs once, so its watchdog stays off");
        }
        return !app.runsOnce();
    }

    private static void refuseLarge(InstalledApp app, String text) {
        if (text != null && text.length() > LARGEST_REQUEST) {
            throw new ApiFailure.BadRequest("Options of App " + app.slug() + " are too large: " + text.length()
                    + " characters, at most " + LARGEST_REQUEST + " are allowed");
        }
    }
}
