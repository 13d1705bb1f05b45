package hakube.apps;

import hakube.config.Settings;
import hakube.store.AppManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cluster cannot give to an app, and what has no effect here (docs/compatibility.md, Apps). */
public final class AppRequirements {

    /** A name that every API server from 1.29 on takes for an environment variable. */
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("(?!\\.$|\\.\\.)[-._a-zA-Z][-._a-zA-Z0-9]*");

    /** What a registry takes. Upstream passes any version on as tag, and then no image is found. */
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    /** Reach beyond the pod or undo its isolation; no setting allows them. */
    private static final Set<String> NEVER = Set.of(
            "SYS_ADMIN",
            "SYS_MODULE",
            "SYS_RAWIO",
            "SYS_PTRACE",
            "SYS_TIME",
            "BPF",
            "PERFMON",
            "CHECKPOINT_RESTORE",
            "DAC_READ_SEARCH");

    private AppRequirements() {}

    /**
     * All demands that cannot be met, or none.
     *
     * @param slug full slug
     * @param apparmorProfile whether a profile lies beside the manifest
     */
    public static Suitability check(
            String slug, AppManifest manifest, boolean apparmorProfile, Settings.AppSettings settings) {
        List<Suitability.Reason> reasons = new ArrayList<>();
        AppManifest.Rights rights = manifest.rights();
        AppManifest.Hardware hardware = manifest.hardware();
        if (manifest.run().image().isEmpty()) {
            reasons.add(new Suitability.Reason(
                    "image", null, "needs an image built from its Dockerfile; there is no image builder on a cluster"));
        }
        if (manifest.run().image().isPresent()
                && !TAG.matcher(manifest.version()).matches()) {
            reasons.add(new Suitability.Reason(
                    "version",
                    manifest.version(),
                    "version " + manifest.version() + " is no image tag (letters, digits, _ . and -, at most 128)"));
        }
        refuse(reasons, rights.dockerApi(), "docker_api", "there is no container engine socket");
        refuse(reasons, manifest.network().hostNetwork(), "host_network", "host networking is not available");
        refuse(reasons, rights.hostPid(), "host_pid", "the host's process list is not available");
        refuse(reasons, rights.hostIpc(), "host_ipc", "the host's IPC namespace is not available");
        refuse(reasons, rights.hostUts(), "host_uts", "the node's host name is not available");
        refuse(reasons, rights.hostDbus(), "host_dbus", "no D-Bus on a cluster");
        refuse(reasons, rights.fullAccess(), "full_access", "full access to the node's devices is not available");
        for (String capability : rights.privileged()) {
            privileged(reasons, capability, settings.allowedCapabilities());
        }
        if (!hardware.devices().isEmpty()) {
            reasons.add(new Suitability.Reason(
                    "devices",
                    hardware.devices(),
                    "device passthrough is not available (" + String.join(", ", hardware.devices()) + ")"));
        }
        refuse(reasons, hardware.uart(), "uart", "device passthrough is not available (serial ports)");
        refuse(reasons, hardware.usb(), "usb", "device passthrough is not available (USB)");
        refuse(reasons, hardware.gpio(), "gpio", "device passthrough is not available (GPIO)");
        refuse(reasons, hardware.video(), "video", "device passthrough is not available (video)");
        refuse(reasons, hardware.kernelModules(), "kernel_modules", "the node's kernel modules are not available");
        refuse(reasons, hardware.journald(), "journald", "the node's journal is not available");
        refuse(reasons, hardware.audio(), "audio", "there is no sound server");
        for (String port : manifest.network().ports().keySet()) {
            if (!AppPorts.isContainerPort(port)) {
                reasons.add(new Suitability.Reason("ports", port, "port " + port + " is not one of 1 to 65535"));
            }
        }
        reasons.addAll(AppMounts.of(slug, manifest, settings.homeassistantAlways())
                .refusals(manifest.run().tmpfs()));
        return reasons.isEmpty()
                ? new Suitability.Supported(ignored(manifest, apparmorProfile))
                : new Suitability.Refused(reasons);
    }

    /** Whether Kubernetes takes this name for an environment variable. */
    static boolean isEnvironmentName(String name) {
        return ENVIRONMENT_NAME.matcher(name).matches();
    }

    private static List<String> ignored(AppManifest manifest, boolean apparmorProfile) {
        List<String> keys = new ArrayList<>();
        AppManifest.Hardware hardware = manifest.hardware();
        note(keys, hardware.udev(), "udev");
        note(keys, hardware.devicetree(), "devicetree");
        note(keys, hardware.realtime(), "realtime");
        note(keys, !manifest.run().ulimits().isEmpty(), "ulimits");
        note(keys, !manifest.rights().apparmor(), "apparmor");
        note(keys, apparmorProfile, "apparmor.txt");
        for (Map.Entry<String, String> variable : manifest.run().environment().entrySet()) {
            note(keys, !isEnvironmentName(variable.getKey()), "environment." + variable.getKey());
        }
        return keys;
    }

    private static void privileged(List<Suitability.Reason> reasons, String capability, Set<String> allowed) {
        if (NEVER.contains(capability)) {
            reasons.add(new Suitability.Reason(
                    "privileged", capability, "capability " + capability + " reaches beyond the pod"));
        } else if (!allowed.contains(capability)) {
            reasons.add(new Suitability.Reason(
                    "privileged",
                    capability,
                    "capability " + capability + " is not allowed (SUPERVISOR_K8S_ALLOWED_CAPABILITIES)"));
        }
    }

    private static void refuse(List<Suitability.Reason> reasons, boolean demanded, String key, String reason) {
        if (demanded) {
            reasons.add(new Suitability.Reason(key, true, reason));
        }
    }

    private static void note(List<String> keys, boolean applies, String key) {
        if (applies) {
            keys.add(key);
        }
    }
}
