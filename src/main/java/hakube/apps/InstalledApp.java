package hakube.apps;

import hakube.ports.ExternalPort;
import hakube.store.AppManifest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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

    /** What the internal address must publish: external port to container port. */
    Map<ExternalPort, Integer> published() {
        Map<ExternalPort, Integer> ports = new TreeMap<>();
        network().forEach((key, external) -> {
            if (external != null) {
                ExternalPort inside = AppPorts.containerPort(key);
                ports.put(new ExternalPort(external, inside.protocol()), inside.number());
            }
        });
        return ports;
    }

    InstalledApp with(UserLayer changed) {
        return new InstalledApp(slug, repository, arch, manifest, changed);
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
