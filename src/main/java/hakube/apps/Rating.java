package hakube.apps;

import hakube.store.AppManifest;
import java.util.Set;

/** How much an app is trusted with, 1 (a lot) to 8 (upstream {@code supervisor/addons/utils.py}, 2026-08). */
public final class Rating {

    private static final int START = 5;
    private static final int BEST = 8;
    private static final Set<String> RISKY = Set.of(
            "BPF",
            "CHECKPOINT_RESTORE",
            "DAC_READ_SEARCH",
            "NET_ADMIN",
            "NET_RAW",
            "PERFMON",
            "SYS_ADMIN",
            "SYS_MODULE",
            "SYS_PTRACE",
            "SYS_RAWIO");

    private Rating() {}

    /** A profile beside the manifest gives no bonus here: it cannot be loaded on nodes. */
    public static int of(AppManifest manifest) {
        AppManifest.Rights rights = manifest.rights();
        if (rights.dockerApi() || rights.fullAccess()) {
            return 1;
        }
        int rating = START;
        rating -= rights.apparmor() ? 0 : 1;
        if (manifest.web().ingress()) {
            rating += 2;
        } else if (manifest.access().authApi()) {
            rating += 1;
        }
        boolean risky = rights.privileged().stream().anyMatch(RISKY::contains);
        rating -= risky || manifest.hardware().kernelModules() ? 1 : 0;
        rating -= switch (manifest.access().hassioRole()) {
            case "manager" -> 1;
            case "admin" -> 2;
            default -> 0;
        };
        rating -= manifest.network().hostNetwork() ? 1 : 0;
        rating -= rights.hostPid() ? 2 : 0;
        rating -= rights.hostUts() && rights.privileged().contains("SYS_ADMIN") ? 1 : 0;
        return Math.clamp(rating, 1, BEST);
    }
}
