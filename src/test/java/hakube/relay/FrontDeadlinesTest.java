package hakube.relay;

import java.io.IOException;

/** What takes too long, with the front before the server. */
class FrontDeadlinesTest extends RelayDeadlinesTest {

    @Override
    RelayHouse house() throws IOException {
        return RelayHouse.fronted();
    }
}
