package hakube.core;

import hakube.config.Settings;
import hakube.kubernetes.Cluster;

/** Room {@code core} for the tests of rooms above it. */
public final class CoreHouse {

    private final CoreRoom room;

    public CoreHouse(Cluster cluster, Settings settings) {
        room = new CoreRoom(cluster, settings);
    }

    public Core core() {
        return room.core;
    }

    public CoreAddresses addresses() {
        return room.addresses;
    }

    /** {@code POST /core/options}. */
    public void report(String body) {
        room.controls.options(body);
    }
}
