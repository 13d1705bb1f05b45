package hakube.backups;

import hakube.state.State;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;

/** The same with 3 GiB. */
class LargeUploadSlowIT extends LargeUploadTest {

    @Inject
    LargeUploadSlowIT(WebTarget target, State state, Folders folders) {
        super(target, state, folders, 3L << 30);
    }
}
