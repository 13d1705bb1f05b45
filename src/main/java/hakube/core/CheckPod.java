package hakube.core;

import hakube.config.Settings;
import hakube.kubernetes.Labels;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pod that checks Core's configuration once, as a value. Pure. It has none of the labels by which Services and the
 * StatefulSet find Core, and no token.
 *
 * @param beside the pod on whose node it must run, empty: anywhere
 * @param pullSecret name of the Secret with the credentials of registries, empty while there is none
 * @param limit ends the pod also when nobody is left who would remove it
 */
record CheckPod(
        CoreOptions options,
        Settings settings,
        String timezone,
        Optional<String> beside,
        Optional<String> pullSecret,
        Duration limit) {

    static final String NAME = "homeassistant-check";
    static final String CONTAINER = "check";

    /** Upstream's command ({@code supervisor/homeassistant/core.py}, 2026-08). */
    private static final List<String> COMMAND =
            List.of("python3", "-m", "homeassistant", "-c", "/config", "--script", "check_config");

    V1Pod pod() {
        CorePod core = new CorePod(settings, beside, pullSecret);
        return new V1Pod()
                .metadata(new V1ObjectMeta()
                        .name(NAME)
                        .labels(Map.of(
                                Labels.MANAGED,
                                "true",
                                Labels.TYPE,
                                "core-check",
                                "app.kubernetes.io/name",
                                NAME,
                                "app.kubernetes.io/part-of",
                                "home-assistant",
                                "app.kubernetes.io/managed-by",
                                "hass-supervisor")))
                .spec(core.around(core.container(options)
                                .name(CONTAINER)
                                .command(COMMAND)
                                .addEnvItem(new V1EnvVar().name("TZ").value(timezone)))
                        .restartPolicy("Never")
                        .activeDeadlineSeconds(limit.toSeconds())
                        .terminationGracePeriodSeconds(1L));
    }
}
