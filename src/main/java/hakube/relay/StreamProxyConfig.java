package hakube.relay;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * nginx's configuration of the proxy behind the internal address: one stream server per external port. Pure; the same
 * servers in any order are the same text.
 *
 * <p>One worker: it forwards some gigabits per second, and datagrams of one client stay in one session without
 * {@code reuseport}. Backends are addresses, so that nginx starts whatever DNS says and one dead app stops no other.
 *
 * @param servers what to forward
 * @param ipv6 listen on IPv6 alone, else on IPv4 alone: a kernel without IPv6 would refuse the other socket
 * @param readyPort TCP port that accepts as soon as the whole configuration is in effect, for the readiness probe; a probe of
 *     a forwarded port would knock at the app each time
 * @param drain how long open connections may go on once nginx was told to quit
 */
public record StreamProxyConfig(List<Server> servers, boolean ipv6, int readyPort, Duration drain) {

    private static final Comparator<Server> ORDER = Comparator.comparingInt(Server::listen)
            .thenComparing(Server::udp)
            .thenComparing(Server::address)
            .thenComparingInt(Server::port);

    /**
     * A port and where it leads.
     *
     * @param listen external port
     * @param udp datagrams, else TCP
     * @param address IPv4 or IPv6 address, without brackets
     */
    public record Server(int listen, boolean udp, String address, int port) {

        public Server {
            // The text goes into a configuration: nothing but the characters of an address may get there.
            if (!address.matches("[0-9A-Fa-f:.]+")) {
                throw new IllegalArgumentException("\"" + address + "\" is not an IP address");
            }
        }

        private String target() {
            return (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + port;
        }
    }

    public StreamProxyConfig {
        servers = servers.stream().sorted(ORDER).toList();
    }

    /** The text of {@code nginx.conf}. */
    public String text() {
        StringBuilder text = new StringBuilder("""
                include /etc/nginx/modules-enabled/*.conf;
                worker_processes 1;
                worker_rlimit_nofile 65536;
                worker_shutdown_timeout %ds;
                error_log stderr warn;
                pid /tmp/nginx.pid;

                events {
                    worker_connections 32768;
                }

                stream {
                    proxy_connect_timeout 5s;

                    # Readiness.
                    server {
                        listen %s;
                        return "";
                    }
                """.formatted(drain.toSeconds(), listen(readyPort)));
        servers.forEach(server -> text.append(server.udp() ? udp(server) : tcp(server)));
        return text.append("}\n").toString();
    }

    /**
     * An MQTT client may be silent for longer than nginx's own ten minutes; keep-alive finds those that are gone. A client
     * that has said all may still wait for the answer.
     */
    private String tcp(Server server) {
        return """

                    server {
                        listen %s;
                        proxy_pass %s;
                        proxy_timeout 24h;
                        proxy_socket_keepalive on;
                        proxy_half_close on;
                    }
                """.formatted(listen(server.listen()) + " so_keepalive=on", server.target());
    }

    /** Each source port is a session until it times out; a name server's clients take a new one for each question. */
    private String udp(Server server) {
        return """

                    server {
                        listen %s udp;
                        proxy_pass %s;
                        proxy_timeout 1m;
                    }
                """.formatted(listen(server.listen()), server.target());
    }

    private String listen(int port) {
        return (ipv6 ? "[::]:" : "0.0.0.0:") + port;
    }
}
