package hakube.apps;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What belongs to one installation of an app, not to its manifest (upstream {@code supervisor/addons/validate.py}, user
 * layer). The access token is not here: it lives in the app's Secret.
 *
 * @param version that is installed, also the image's tag
 * @param image without tag, empty when the app has none
 * @param uuid 32 hex digits
 * @param ingressToken 43 URL-safe characters, fixed at install
 * @param options what the user set; {@code null} values are possible
 * @param boot the user's choice, empty: the manifest's
 * @param network external port by the manifest's key, {@code null} for none; empty: the manifest's
 * @param own what upstream has no word for
 */
record UserLayer(
        String version,
        Optional<String> image,
        String uuid,
        String ingressToken,
        Map<String, Object> options,
        Flags flags,
        Optional<String> boot,
        Optional<Map<String, Integer>> network,
        Optional<String> audioInput,
        Optional<String> audioOutput,
        Optional<String> systemManagedConfigEntry,
        Own own) {

    private static final int UUID_BYTES = 16;
    private static final int INGRESS_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The switches. */
    record Flags(
            boolean autoUpdate, boolean isProtected, boolean ingressPanel, boolean watchdog, boolean systemManaged) {

        static final Flags INITIAL = new Flags(false, true, false, false, false);

        Flags withProtected(boolean on) {
            return new Flags(autoUpdate, on, ingressPanel, watchdog, systemManaged);
        }

        Flags withSystemManaged(boolean on) {
            return new Flags(autoUpdate, isProtected, ingressPanel, watchdog, on);
        }
    }

    /**
     * What this installation knows beside upstream's words.
     *
     * @param leaving the app is being uninstalled; whether its public folder goes too
     * @param updating an update is under way, or was cut off
     * @param isPaused it was stopped for a backup, and is to be started again
     */
    record Own(
            Optional<Boolean> leaving,
            Optional<AppUpdating> updating,
            AppHistory history,
            AppResources resources,
            boolean isPaused) {

        static final Own INITIAL =
                new Own(Optional.empty(), Optional.empty(), AppHistory.NONE, AppResources.NONE, false);

        Own with(Optional<AppUpdating> underWay) {
            return new Own(leaving, underWay, history, resources, isPaused);
        }
    }

    UserLayer {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        network = network.map(ports -> Collections.unmodifiableMap(new LinkedHashMap<>(ports)));
    }

    Optional<Boolean> leaving() {
        return own.leaving();
    }

    Optional<AppUpdating> updating() {
        return own.updating();
    }

    /** What a new installation has. */
    static UserLayer fresh(String version, Optional<String> image) {
        byte[] uuid = new byte[UUID_BYTES];
        byte[] ingress = new byte[INGRESS_BYTES];
        RANDOM.nextBytes(uuid);
        RANDOM.nextBytes(ingress);
        return new UserLayer(
                version,
                image,
                HexFormat.of().formatHex(uuid),
                Base64.getUrlEncoder().withoutPadding().encodeToString(ingress),
                Map.of(),
                Flags.INITIAL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Own.INITIAL);
    }

    /** The same choices with another version. */
    UserLayer at(AppRevision revision, Optional<AppUpdating> underWay) {
        return new UserLayer(
                revision.version(),
                revision.image(),
                uuid,
                ingressToken,
                options,
                flags,
                boot,
                network,
                audioInput,
                audioOutput,
                systemManagedConfigEntry,
                own.with(underWay));
    }

    UserLayer withFlags(Flags changed) {
        return new UserLayer(
                version,
                image,
                uuid,
                ingressToken,
                options,
                changed,
                boot,
                network,
                audioInput,
                audioOutput,
                systemManagedConfigEntry,
                own);
    }

    UserLayer withOptions(Map<String, Object> changed) {
        return new UserLayer(
                version,
                image,
                uuid,
                ingressToken,
                changed,
                flags,
                boot,
                network,
                audioInput,
                audioOutput,
                systemManagedConfigEntry,
                own);
    }

    UserLayer withBoot(String changed) {
        return new UserLayer(
                version,
                image,
                uuid,
                ingressToken,
                options,
                flags,
                Optional.of(changed),
                network,
                audioInput,
                audioOutput,
                systemManagedConfigEntry,
                own);
    }

    UserLayer withNetwork(Optional<Map<String, Integer>> changed) {
        return new UserLayer(
                version,
                image,
                uuid,
                ingressToken,
                options,
                flags,
                boot,
                changed,
                audioInput,
                audioOutput,
                systemManagedConfigEntry,
                own);
    }

    UserLayer withAudio(Optional<String> input, Optional<String> output) {
        return new UserLayer(
                version,
                image,
                uuid,
                ingressToken,
                options,
                flags,
                boot,
                network,
                input,
                output,
                systemManagedConfigEntry,
                own);
    }

    UserLayer withSystemManagedConfigEntry(Optional<String> entry) {
        return new UserLayer(
                version, image, uuid, ingressToken, options, flags, boot, network, audioInput, audioOutput, entry, own);
    }

    UserLayer withLeaving(Optional<Boolean> withPublicFolder) {
        return withOwn(new Own(withPublicFolder, own.updating(), own.history(), own.resources(), own.isPaused()));
    }

    UserLayer withResources(AppResources changed) {
        return withOwn(new Own(own.leaving(), own.updating(), own.history(), changed, own.isPaused()));
    }

    UserLayer withPaused(boolean isPaused) {
        return withOwn(new Own(own.leaving(), own.updating(), own.history(), own.resources(), isPaused));
    }

    /** The update that is under way is over; what it has replaced, if it has, is a revision from now on. */
    UserLayer settled() {
        AppHistory after = own.updating()
                .filter(mark -> !mark.before().version().equals(version))
                .map(mark -> own.history().replaced(mark.before(), mark.digest(), version))
                .orElse(own.history());
        return withOwn(new Own(own.leaving(), Optional.empty(), after, own.resources(), own.isPaused()));
    }

    private UserLayer withOwn(Own changed) {
        return new UserLayer(
                version,
                image,
                uuid,
                ingressToken,
                options,
                flags,
                boot,
                network,
                audioInput,
                audioOutput,
                systemManagedConfigEntry,
                changed);
    }
}
