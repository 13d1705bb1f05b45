package hakube.relay;

import java.io.IOException;

/** What apps and clients do wrong, with the front before the server. */
class FrontFaultsTest extends RelayFaultsTest {

    @Override
    RelayHouse house() throws IOException {
        return RelayHouse.fronted();
    }
}
