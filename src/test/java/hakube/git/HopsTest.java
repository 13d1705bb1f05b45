package hakube.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HopsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fe80::1",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2852039166"
            })
    void nobodyIsLedToLinkLocalAddressesOrMetadata(String host) {
        assertTrue(assertThrows(Refused.class, () -> new Hops().admit(host))
                .getMessage()
                .contains("link-local"));
        assertThrows(Refused.class, () -> hopsFrom("127.0.0.1").admit(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.1", "10.1.2.3", "192.168.1.4", "fd12::1", "100.64.0.1", "127.0.0.1", "::1", "localhost"
            })
    void aRepositoryMayBeAtHomeOrOnThisMachineWhenItsAddressSaysSo(String host) throws IOException {
        hopsFrom(host).admit(host);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 10.1.2.3",
        "192.0.2.1, fd12::1",
        "192.0.2.1, 100.64.0.1",
        "192.0.2.1, 127.0.0.1",
        "2001:db8::1, 192.168.1.4",
        "192.168.1.4, 127.0.0.1",
        "192.168.1.4, ::1"
    })
    void whoIsOutsideLeadsNobodyInside(String first, String next) throws IOException {
        Hops hops = hopsFrom(first);

        String message = assertThrows(Refused.class, () -> hops.admit(next)).getMessage();

        assertTrue(message.contains(next.substring(0, 3)) && message.contains("the repository's own is"), message);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2", "192.168.1.4, 192.0.2.1", "192.168.1.4, 10.0.0.1", "127.0.0.1, 192.168.1.4"})
    void awayFromHomeAnyoneMayLead(String first, String next) throws IOException {
        assertEquals(next, hopsFrom(first).admit(next).getHostAddress());
    }

    /** No resolver is asked for a name with so long a part. */
    @Test
    void aNameThatNobodyKnowsIsSaidToBeUnknown() {
        String host = "x".repeat(64) + ".example";

        String message =
                assertThrows(IOException.class, () -> new Hops().admit(host)).getMessage();

        assertEquals("nobody knows the host " + host, message);
    }

    private static Hops hopsFrom(String first) throws IOException {
        Hops hops = new Hops();
        hops.admit(first);
        return hops;
    }
}
