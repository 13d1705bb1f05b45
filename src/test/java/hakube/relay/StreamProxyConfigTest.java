package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hakube.relay.StreamProxyConfig.Server;
import hakube.testing.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamProxyConfigTest {

    private static final Server MQTT = new Server(1883, false, "10.43.0.7", 1884);
    private static final Server DNS = new Server(53, true, "10.43.0.8", 5353);
    private static final Server DNS_OVER_TCP = new Server(53, false, "10.43.0.8", 5353);

    @TempDir
    private Path folder;

    @Test
    void modulesComeFirst() {
        assertTrue(config(MQTT).text().startsWith("include /etc/nginx/modules-enabled/*.conf;\n"));
    }

    @Test
    void idleTcpConnectionsLiveForHours() {
        assertTrue(config(MQTT).text().contains("""
                                    server {
                                        listen 0.0.0.0:1883 so_keepalive=on;
                                        proxy_pass 10.43.0.7:1884;
                                        proxy_timeout 24h;
                                        proxy_socket_keepalive on;
                                        proxy_half_close on;
                                    }
                                """), config(MQTT).text());
    }

    @Test
    void idleUdpSessionsEndSoon() {
        assertTrue(config(DNS).text().contains("""
                                    server {
                                        listen 0.0.0.0:53 udp;
                                        proxy_pass 10.43.0.8:5353;
                                        proxy_timeout 1m;
                                    }
                                """), config(DNS).text());
    }

    @Test
    void addressesOfIpv6StandInBrackets() {
        String text = new StreamProxyConfig(
                        List.of(new Server(1883, false, "fd00::7", 1883)), true, 65535, Duration.ofMinutes(2))
                .text();

        assertTrue(text.contains("proxy_pass [fd00::7]:1883;"), text);
        assertTrue(text.contains("listen [::]:1883 "), text);
        assertTrue(text.contains("listen [::]:65535;"), text);
    }

    @Test
    void orderOfServersDoesNotMatter() {
        assertEquals(
                config(MQTT, DNS, DNS_OVER_TCP).text(),
                config(DNS_OVER_TCP, DNS, MQTT).text());
    }

    @Test
    void whatIsNoAddressNeverGetsIntoTheText() {
        assertThrows(IllegalArgumentException.class, () -> new Server(1, false, "a;b", 1));
        assertThrows(IllegalArgumentException.class, () -> new Server(1, false, "", 1));
    }

    @Test
    void nginxAcceptsIt() throws IOException, InterruptedException {
        Path nginx = Path.of("/usr/sbin/nginx");
        assumeTrue(Files.isExecutable(nginx), "nginx is not installed (Debian: nginx-light libnginx-mod-stream)");
        // The check binds all ports.
        int port = FreePort.find();
        int readyPort = FreePort.find();
        for (boolean ipv6 : ipv6Works() ? List.of(false, true) : List.of(false)) {
            String address = ipv6 ? "::1" : "127.0.0.1";
            StreamProxyConfig config = new StreamProxyConfig(
                    List.of(new Server(port, false, address, 1883), new Server(port, true, address, 53)),
                    ipv6,
                    readyPort,
                    Duration.ofMinutes(2));
            Path file = folder.resolve("nginx.conf");
            Files.writeString(
                    file,
                    config.text()
                            .replace(
                                    "/tmp/nginx.pid",
                                    folder.resolve("nginx.pid").toString()));

            Process process = new ProcessBuilder(nginx.toString(), "-t", "-e", "stderr", "-c", file.toString())
                    .redirectErrorStream(true)
                    .start();
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertEquals(0, process.waitFor(), words);
        }
    }

    private static boolean ipv6Works() {
        return Files.exists(Path.of("/proc/net/if_inet6"));
    }

    private static StreamProxyConfig config(Server... servers) {
        return new StreamProxyConfig(List.of(servers), false, 65535, Duration.ofMinutes(2));
    }
}
