package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.testing.Eventually;
import hakube.testing.LoopbackApp;
import java.io.IOException;
import java.time.Duration;
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

    /** What was said in clear must not go on under TLS, nor the other way round. */
    @Test
    void oneThatRestsIsUsedAgainWithTheSameLayerAlone() throws IOException {
        Layer other = plain -> plain;
        FarConnection first = connections.fresh(app.address(), Layer.NONE);
        FarConnection second = connections.fresh(app.address(), other);
        connections.rest(first);
        connections.rest(second);
        assertEquals(2, connections.places());

        try (FarConnection plain = connections.any(app.address(), Layer.NONE);
                FarConnection layered = connections.any(app.address(), other);
                FarConnection fresh = connections.any(app.address(), other)) {
            assertSame(first, plain);
            assertSame(second, layered);
            assertFalse(fresh.isUsed());
        }
    }

    @Test
    void nothingIsLeftOpenWhenTheLayerFails() throws Exception {
        Layer broken = plain -> {
            throw new IllegalStateException("of a provider");
        };
        assertThrows(IllegalStateException.class, () -> connections.fresh(app.address(), broken));
        Eventually.holds("it is closed", Duration.ofSeconds(20), () -> app.connections() == 1 && app.open() == 0);
    }

    @Test
    void nothingIsKeptOfAnAddressWithoutConnections() throws IOException {
        connections.rest(connections.fresh(app.address(), Layer.NONE));
        connections.tidy();
        assertEquals(1, connections.places(), "it has not rested for long");

        connections.any(app.address(), Layer.NONE).close();
        connections.tidy();
        assertEquals(0, connections.places());
    }
}
