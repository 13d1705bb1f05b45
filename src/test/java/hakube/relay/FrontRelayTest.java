package hakube.relay;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

/** What passes when both sides behave, with the front before the server. */
class FrontRelayTest extends HttpRelayTest {

    @BeforeAll
    static void open() throws IOException {
        house = RelayHouse.fronted();
    }
}
