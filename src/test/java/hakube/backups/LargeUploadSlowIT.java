package hakube.backups;

import hakube.state.State;
import hakube.storage.Folders;
import hakube.testing.CallersHouse;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;

/** The same with 3 GiB. */
@HelidonTest
@AddBean(CallersHouse.class)
@AddConfig(key = "management.port", value = "0")
class LargeUploadSlowIT extends LargeUploadTest {

    @Inject
    LargeUploadSlowIT(WebTarget target, State state, Folders folders) {
        super(target, state, folders, 3L << 30);
    }
}
