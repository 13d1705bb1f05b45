package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrandTest {

    @Test
    void showsNoSecret() {
        InetSocketAddress far = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 80);
        List<Field> headers = List.of(new Field("Host", "x"), new Field("Authorization", "Bearer secret"));
        assertEquals(
                "an errand to /127.0.0.1:80 for /path with headers [Host, Authorization]",
                new Errand(far, "/path?token=secret", headers, false, head -> List.of()).toString());
    }

    @Test
    void aNameIsNotDialled() {
        InetSocketAddress name = InetSocketAddress.createUnresolved("example.test", 80);
        assertThrows(IllegalArgumentException.class, () -> new Errand(name, "/", List.of(), false, head -> List.of()));
    }
}
