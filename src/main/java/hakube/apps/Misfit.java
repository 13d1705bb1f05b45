package hakube.apps;

import hakube.api.ApiFailure;
import hakube.store.AppManifest;
import hakube.versions.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands against an app apart from Kubernetes; pure (upstream {@code supervisor/apps/model.py}, 2026-08).
 *
 * @param what in the middle of upstream's key
 * @param field of the answer that has what would fit
 * @param fitting as that field tells it
 * @param reason its words end upstream's message
 */
record Misfit(String what, String field, String fitting, Suitability.Reason reason) {

    /**
     * All of them, in upstream's order.
     *
     * @param arch of the cluster, upstream's word
     * @param coreVersion empty while Core is not installed, which stands against nothing
     */
    static List<Misfit> all(AppManifest manifest, String arch, String machine, Optional<String> coreVersion) {
        List<Misfit> all = new ArrayList<>();
        if (!manifest.arch().contains(arch)) {
            String fitting = String.join(", ", manifest.arch());
            all.add(new Misfit(
                    "architecture",
                    "architectures",
                    fitting,
                    new Suitability.Reason(
                            "arch",
                            manifest.arch(),
                            "not supported on this platform, supported architectures: " + fitting)));
        }
        List<String> machines = manifest.machine();
        if (!machines.isEmpty() && (machines.contains("!" + machine) || !machines.contains(machine))) {
            String fitting = String.join(", ", machines);
            all.add(new Misfit(
                    "machine_type",
                    "machine_types",
                    fitting,
                    new Suitability.Reason(
                            "machine",
                            machines,
                            "not supported on this machine, supported machine types: " + fitting)));
        }
        manifest.homeassistant()
                .filter(wanted -> coreVersion
                        .filter(version -> new Version(wanted).isLaterThan(new Version(version)))
                        .isPresent())
                .ifPresent(wanted -> all.add(new Misfit(
                        "home_assistant_version",
                        "version",
                        wanted,
                        new Suitability.Reason(
                                "homeassistant",
                                wanted,
                                "not supported on this system, requires Home Assistant version " + wanted
                                        + " or greater"))));
        return all;
    }

    /**
     * The answer with all that stands against an app. Of several the first misfit has upstream's key and fields; field {@code reasons}
     * then has them all.
     *
     * @param runtime what the cluster says of it
     */
    static Optional<ApiFailure> failure(String name, String slug, List<Misfit> misfits, Suitability runtime) {
        return switch (runtime) {
            case Suitability.Refused refused when misfits.isEmpty() -> Optional.of(refused.failure(name, slug));
            case Suitability.Refused refused ->
                Optional.of(failure(
                        name, slug, misfits, refused.reasons(), "; can't run on Kubernetes: " + refused.texts()));
            case Suitability.Supported _ when misfits.isEmpty() -> Optional.empty();
            case Suitability.Supported _ -> Optional.of(failure(name, slug, misfits, List.of(), ""));
        };
    }

    private static ApiFailure failure(
            String name, String slug, List<Misfit> misfits, List<Suitability.Reason> lacking, String end) {
        Misfit first = misfits.getFirst();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("app", name);
        fields.put("slug", slug);
        fields.put(first.field, first.fitting);
        List<Suitability.Reason> reasons = Stream.concat(misfits.stream().map(Misfit::reason), lacking.stream())
                .toList();
        if (reasons.size() > 1) {
            fields.put(
                    "reasons", reasons.stream().map(Suitability.Reason::fields).toList());
        }
        String texts = misfits.stream().map(misfit -> misfit.reason.reason()).collect(Collectors.joining("; "));
        return new ApiFailure.BadRequest(
                "App " + name + " " + texts + end, "app_not_supported_" + first.what + "_error", fields);
    }
}
