package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import hakube.testing.LoopbackApp;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FarConnectionsTest {

    private final FarConnections connections = new FarConnections();
    private final LoopbackApp app;

    FarConnectionsTest() throws IOException {
        app = LoopbackApp.listen("127.0.0.1", 0);
    }

    @AfterEach
    void end() throws IOException {
        connections.closeAll();
        app.close();
    }

    @Test
    void oneThatRestsIsUsedAgainAndByOneAlone() throws IOException {
        FarConnection first = connections.fresh(app.address(), Layer.NONE);
        assertFalse(first.isUsed());
        connections.rest(first);

        try (FarConnection again = connections.any(app.address(), Layer.NONE);
                FarConnection other = connections.any(app.address(), Layer.NONE)) {
            assertSame(first, again);
            assertNotSame(first, other);
        }
    }

    @Test
    void nothingIsKeptOfAnAddressWithoutConnections() throws IOException {
        connections.rest(connections.fresh(app.address(), Layer.NONE));
        connections.tidy();
        assertEquals(1, connections.addresses(), "it has not rested for long");

        connections.any(app.address(), Layer.NONE).close();
        connections.tidy();
        assertEquals(0, connections.addresses());
    }
}
