package hakube.apps;

import hakube.config.Settings;
import java.util.Optional;

/**
 * Where an app's objects go: all that they take from their surroundings.
 *
 * @param supervisorPod name of the Supervisor's pod, next to which every pod must run; empty: anywhere
 * @param supervisorAddress ClusterIP of the Supervisor's Service when that is not called {@code supervisor}
 * @param pullSecret name of the Secret with the credentials of registries, empty while there is none
 * @param nodeArch {@code amd64} or {@code arm64} when pods must run there
 */
record Site(
        String namespace,
        String domain,
        String claim,
        Optional<String> supervisorPod,
        Optional<String> supervisorAddress,
        Optional<String> nodeArch,
        String timezone,
        Optional<String> pullSecret,
        Settings.AppSettings settings) {}
