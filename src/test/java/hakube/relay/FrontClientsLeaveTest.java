package hakube.relay;

import java.io.IOException;

/** Clients that leave, with the front before the server. */
class FrontClientsLeaveTest extends ClientsLeaveTest {

    @Override
    RelayHouse house() throws IOException {
        return RelayHouse.fronted();
    }
}
