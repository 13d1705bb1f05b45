package hakube.apps;

import hakube.api.ApiFailure;
import hakube.ports.ExternalPort;
import hakube.store.AppManifest;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An installed app: the manifest as it was at install or update, and what the user made of it.
 *
 * @param slug full slug
 * @param repository slug of the repository
 * @param arch architecture of its image, upstream's word
 */
record InstalledApp(String slug, String repository, String arch, AppManifest manifest, UserLayer user) {

    /** Image with tag. */
    String image() {
        return user.image().orElseThrow(() -> new IllegalStateException(slug + " has no image")) + ":" + user.version();
    }

    /** {@code auto} or {@code manual}; the manifest's {@code manual_only} cannot be changed. */
    String boot() {
        return switch (manifest.run().boot()) {
            case MANUAL_ONLY -> "manual";
            case AUTO, MANUAL -> user.boot().orElse(manifest.run().boot().name().toLowerCase(Locale.ROOT));
        };
    }

    boolean runsOnce() {
        return manifest.run().startup() == AppManifest.Startup.ONCE;
    }

    /** The manifest's defaults under the user's options: objects merge key by key, all else is replaced as a whole. */
    Map<String, Object> options() {
        return merge(manifest.options(), user.options());
    }

    /** External port by the manifest's key, {@code null} when it is not published. */
    Map<String, Integer> network() {
        Map<String, Integer> ports = new LinkedHashMap<>(manifest.network().ports());
        user.network()
                .ifPresent(chosen -> chosen.forEach((key, port) -> {
                    if (ports.containsKey(key)) {
                        ports.put(key, port);
                    }
                }));
        return Collections.unmodifiableMap(ports);
    }

    /**
     * What the internal address must publish: external port to container port.
     *
     * @throws ApiFailure.BadRequest when two ports of the app would be one outside, or a file that was edited by hand has one
     *     that is none
     */
    Map<ExternalPort, Integer> published() {
        Map<ExternalPort, Integer> ports = new TreeMap<>();
        Map<ExternalPort, String> keys = new HashMap<>();
        network().forEach((key, outside) -> {
            if (outside != null) {
                ExternalPort inside = AppPorts.containerPort(key);
                ExternalPort port = outside(key, outside, inside.protocol());
                String other = keys.putIfAbsent(port, key);
                if (other != null) {
                    throw new ApiFailure.BadRequest(
                            "Port " + port + " is given to both " + other + " and " + key + " @ data['network']");
                }
                ports.put(port, inside.number());
            }
        });
        return ports;
    }

    private ExternalPort outside(String key, int number, ExternalPort.Protocol protocol) {
        try {
            return new ExternalPort(number, protocol);
        } catch (IllegalArgumentException e) {
            throw new ApiFailure.BadRequest(
                    "App " + slug + " cannot publish " + key + ": " + e.getMessage() + " @ data['network']");
        }
    }

    InstalledApp with(UserLayer changed) {
        return new InstalledApp(slug, repository, arch, manifest, changed);
    }

    /** What of it an update replaces. */
    AppRevision revision() {
        return new AppRevision(user.version(), user.image(), arch, manifest);
    }

    /**
     * Another version with all that the user chose.
     *
     * @param underWay the update that this is part of, empty when it is over
     */
    InstalledApp at(AppRevision revision, Optional<AppUpdating> underWay) {
        return new InstalledApp(slug, repository, revision.arch(), revision.manifest(), user.at(revision, underWay));
    }

    /** As {@link UserLayer#settled}. */
    InstalledApp settled() {
        return with(user.settled());
    }

    /** Objects key by key at every depth, all else as a whole; an explicit {@code null} of the user counts. */
    static Map<String, Object> merge(Map<String, Object> defaults, Map<String, Object> chosen) {
        Map<String, Object> merged = new LinkedHashMap<>(defaults);
        chosen.forEach((key, value) -> {
            if (value instanceof Map<?, ?> above && merged.get(key) instanceof Map<?, ?> below) {
                merged.put(key, merge(JsonValues.object(below), JsonValues.object(above)));
            } else {
                merged.put(key, value);
            }
        });
        return merged;
    }
}
