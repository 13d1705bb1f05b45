package hakube.relay;

import java.util.Optional;

/**
 * nginx's configuration of an app's relay, the side-car whose address is {@value #ADDRESS}, the only one from which most apps take
 * ingress, and MariaDB's takes its service account. Pure.
 *
 * <p>Without the token every pod would have that address, so a request without it ends here. All else is handed on as it comes, and
 * answers as they are made; the Supervisor has made the headers. The app is dialled at the address at which the relay was, since many
 * apps listen on their pod's address alone.
 *
 * @param token what the request header {@value CoreLinkConfig#HEADER} must hold; the app never sees it
 * @param port TCP port of the relay
 * @param ingressPort TCP port of the app, 0 for an app without ingress
 * @param stream what is carried on as it comes, without a token, for clients that are other pods
 */
public record AppRelayConfig(String token, int port, int ingressPort, Optional<Stream> stream) {

    /** Where requests come from, as the app sees it (upstream: the Supervisor's own address in its network). */
    public static final String ADDRESS = "172.30.32.2";

    private static final String HEAD = """
            include /etc/nginx/modules-enabled/*.conf;
            worker_processes 1;
            worker_rlimit_nofile 16384;
            worker_shutdown_timeout 5s;
            error_log stderr error;
            pid /tmp/nginx.pid;

            events {
                worker_connections 8192;
            }
            """;

    /** For ingress alone. */
    public AppRelayConfig(String token, int port, int ingressPort) {
        this(token, port, ingressPort, Optional.empty());
    }

    /**
     * A TCP port and where it leads.
     *
     * @param port of the relay
     * @param appPort of the app
     */
    public record Stream(int port, int appPort) {

        /** A client may be silent for hours; keep-alive finds those that are gone. */
        private String text() {
            return """

                    stream {
                        server {
                            listen 0.0.0.0:%d so_keepalive=on;
                            proxy_bind %s;
                            proxy_pass $server_addr:%d;
                            proxy_connect_timeout 3s;
                            proxy_timeout 24h;
                            proxy_socket_keepalive on;
                            proxy_half_close on;
                        }
                    }
                    """.formatted(port, ADDRESS, appPort);
        }
    }

    public AppRelayConfig {
        // The text goes into a configuration: nothing but hex digits may get there, and nobody presents nothing.
        if (!token.matches("[0-9a-f]{32,}")) {
            throw new IllegalArgumentException("The relay's token has another form than hex digits");
        }
    }

    /** The text of {@code nginx.conf}. */
    public String text() {
        String http = ingressPort > 0 ? http() : "";
        return HEAD + http + stream.map(Stream::text).orElse("");
    }

    private String http() {
        return """

                http {
                    access_log off;
                    server_tokens off;
                    default_type text/plain;
                    client_body_temp_path /tmp/client;
                    proxy_temp_path /tmp/proxy;
                    fastcgi_temp_path /tmp/fastcgi;
                    uwsgi_temp_path /tmp/uwsgi;
                    scgi_temp_path /tmp/scgi;

                    map $http_upgrade $relay_connection {
                        default upgrade;
                        '' close;
                    }

                    large_client_header_buffers 4 64k;
                    ignore_invalid_headers off;
                    keepalive_requests 1000000;
                    client_max_body_size 0;
                    client_body_timeout 1d;
                    send_timeout 1d;
                    proxy_http_version 1.1;
                    proxy_buffering off;
                    proxy_request_buffering off;
                    proxy_max_temp_file_size 0;
                    proxy_buffer_size 64k;
                    proxy_buffers 4 64k;
                    proxy_busy_buffers_size 64k;
                    proxy_connect_timeout 3s;
                    proxy_read_timeout 1d;
                    proxy_send_timeout 1d;
                    proxy_redirect off;
                    # Orders to nginx are for another one, farther out.
                    proxy_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset;
                    proxy_pass_header X-Accel-Redirect;
                    proxy_pass_header X-Accel-Expires;
                    proxy_pass_header X-Accel-Limit-Rate;
                    proxy_pass_header X-Accel-Buffering;
                    proxy_pass_header X-Accel-Charset;
                    proxy_pass_header X-Pad;
                    proxy_pass_header Server;
                    proxy_pass_header Date;

                    server {
                        listen 0.0.0.0:%1$d so_keepalive=on;
                        error_page 502 504 @away;

                        if ($http_x_hakube_link != "%2$s") {
                            return 403;
                        }

                        location / {
                            proxy_bind %3$s;
                            proxy_pass http://$server_addr:%4$d;
                            proxy_set_header Host $http_host;
                            proxy_set_header Upgrade $http_upgrade;
                            proxy_set_header Connection $relay_connection;
                            proxy_set_header %5$s "";
                        }

                        location @away {
                            return 502 "502: Bad Gateway";
                        }
                    }
                }
                """.formatted(port, token, ADDRESS, ingressPort, CoreLinkConfig.HEADER);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AppRelayConfig[" + port + ", " + ingressPort + "]";
    }
}
