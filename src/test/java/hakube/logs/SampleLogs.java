package hakube.logs;

import hakube.config.TestSettings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.OwnPod;
import java.nio.file.Path;

/** The room as CDI would furnish it, on a cluster of the test's choice. */
final class SampleLogs {

    private SampleLogs() {}

    static Logs of(Cluster cluster) {
        return of(cluster, FollowedLog.Patience.USUAL);
    }

    static Logs of(Cluster cluster, FollowedLog.Patience patience) {
        return of(cluster, new OwnLines(), patience);
    }

    static Logs of(Cluster cluster, OwnLines lines, FollowedLog.Patience patience) {
        return new Logs(cluster, new OwnPod(cluster, TestSettings.of(Path.of("/data"))), lines, patience);
    }
}
