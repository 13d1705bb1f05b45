package hakube.relay;

import java.util.Map;

/**
 * nginx's configuration of the Core link, the side-car that lets the Supervisor, and nobody else, through to Core's socket.
 * Pure.
 *
 * <p>Whoever speaks on that socket is the Supervisor to Core (core: {@code components/http/auth.py}, 2026.11), so a request
 * without the token ends here. Requests are handed on as they come and answers as they are made, without a limit of size or
 * time; what says through whom a request came is taken off, since Core fails on it where the peer has no address.
 *
 * @param token what the request header {@value #HEADER} must hold
 */
public record CoreLinkConfig(String token) {

    /** Request header with the token; Core never sees it. */
    public static final String HEADER = "X-Hakube-Link";

    /** TCP port of the link. */
    public static final int PORT = 8124;

    /** TCP port that answers {@value #READY_PATH} alone, without a token: whether Core serves. */
    public static final int READY_PORT = 8125;

    /** A page that every Core serves to everybody. */
    public static final String READY_PATH = "/manifest.json";

    /** Core's socket, as both containers see it. */
    public static final String SOCKET = "/run/supervisor/core.sock";

    /** Files that say where to listen besides IPv4, by their port; nginx takes it well when there are none. */
    public static final Map<Integer, String> MORE_LISTENERS =
            Map.of(PORT, "/tmp/link-listen.conf", READY_PORT, "/tmp/ready-listen.conf");

    public CoreLinkConfig {
        // The text goes into a configuration: nothing but hex digits may get there, and nobody presents nothing.
        if (!token.matches("[0-9a-f]{32,}")) {
            throw new IllegalArgumentException("The link's token has another form than hex digits");
        }
    }

    /** The text of {@code nginx.conf}. */
    public String text() {
        return """
                include /etc/nginx/modules-enabled/*.conf;
                # The socket is its owner's alone.
                user root;
                worker_processes 1;
                worker_rlimit_nofile 16384;
                worker_shutdown_timeout 5s;
                error_log stderr warn;
                pid /tmp/nginx.pid;

                events {
                    worker_connections 8192;
                }

                http {
                    access_log off;
                    server_tokens off;
                    client_body_temp_path /tmp/client;
                    proxy_temp_path /tmp/proxy;
                    fastcgi_temp_path /tmp/fastcgi;
                    uwsgi_temp_path /tmp/uwsgi;
                    scgi_temp_path /tmp/scgi;

                    map $http_upgrade $link_connection {
                        default upgrade;
                        '' '';
                    }

                    upstream core {
                        server unix:%1$s;
                        keepalive 16;
                    }

                    large_client_header_buffers 4 64k;
                    client_max_body_size 0;
                    proxy_http_version 1.1;
                    proxy_buffering off;
                    proxy_request_buffering off;
                    proxy_max_temp_file_size 0;
                    proxy_buffer_size 64k;
                    proxy_buffers 4 64k;
                    proxy_connect_timeout 3s;
                    proxy_read_timeout 1d;
                    proxy_send_timeout 1d;

                    # The link.
                    server {
                        listen 0.0.0.0:%2$d so_keepalive=on;
                        include %3$s*;

                        if ($http_x_hakube_link != "%4$s") {
                            return 403;
                        }

                        location / {
                            proxy_pass http://core;
                            proxy_set_header Host localhost;
                            proxy_set_header Upgrade $http_upgrade;
                            proxy_set_header Connection $link_connection;
                            proxy_set_header %5$s "";
                            proxy_set_header Authorization "";
                            proxy_set_header Forwarded "";
                            proxy_set_header X-Forwarded-For "";
                            proxy_set_header X-Forwarded-Host "";
                            proxy_set_header X-Forwarded-Port "";
                            proxy_set_header X-Forwarded-Proto "";
                            proxy_set_header X-Forwarded-Server "";
                            proxy_set_header X-Real-IP "";
                        }
                    }

                    # Readiness. Until Core has made its socket, each question would be a line in the log.
                    server {
                        listen 0.0.0.0:%6$d;
                        include %7$s*;
                        error_log /dev/null crit;
                        proxy_read_timeout 5s;

                        location / {
                            return 404;
                        }

                        location = %8$s {
                            limit_except GET {
                                deny all;
                            }
                            # Not as it was asked: other spellings of the path mean other things to Core.
                            set $args "";
                            proxy_pass http://core%8$s;
                            proxy_pass_request_headers off;
                            proxy_pass_request_body off;
                            proxy_set_header Host localhost;
                            proxy_set_header Connection "";
                            proxy_set_header Content-Length "";
                        }
                    }
                }
                """.formatted(
                        SOCKET,
                        PORT,
                        MORE_LISTENERS.get(PORT),
                        token,
                        HEADER,
                        READY_PORT,
                        MORE_LISTENERS.get(READY_PORT),
                        READY_PATH);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "CoreLinkConfig[]";
    }
}
