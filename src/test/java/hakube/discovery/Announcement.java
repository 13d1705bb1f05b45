package hakube.discovery;

import hakube.access.Caller;
import java.util.List;
import java.util.Map;

/** Announces for tests of other rooms, as an app does. */
public final class Announcement {

    private Announcement() {}

    /** @return the message's id */
    public static String send(Discovery discovery, String app, String service, String config) {
        Caller.App caller = new Caller.App(app, false, Caller.Role.DEFAULT, false, false, Map.of(), List.of(service));
        return discovery.send(caller, "{\"service\": \"" + service + "\", \"config\": " + config + "}");
    }
}
