package hakube.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @Test
    void anAddressIsInItsNetwork() {
        Cidr network = Cidr.of("10.42.128.0/17");
        assertTrue(network.contains(InetAddress.ofLiteral("10.42.128.1")));
        assertTrue(network.contains(InetAddress.ofLiteral("10.42.255.255")));
        assertFalse(network.contains(InetAddress.ofLiteral("10.42.127.255")));
        assertFalse(network.contains(InetAddress.ofLiteral("fd00::1")));
        assertTrue(Cidr.of("::/0").contains(InetAddress.ofLiteral("fd00::1")));
        assertTrue(Cidr.of("10.0.0.1").contains(InetAddress.ofLiteral("10.0.0.1")));
    }

    @Test
    void theSpellingDoesNotMatter() {
        assertEquals(Cidr.of("fd00:10:42::/56"), Cidr.of("fd00:10:42:0::/56"));
        assertEquals(Cidr.of("10.0.0.1/32"), Cidr.of("10.0.0.1"));
        assertEquals("fd00:10:42:0:0:0:0:7/128", Cidr.of("fd00:10:42::7").text());
        assertEquals("10.42.0.0/24", Cidr.of("10.42.0.17/24").network().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", "example.org/8"})
    void whatIsNoneIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Cidr.of(text));
    }
}
