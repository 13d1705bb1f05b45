package hakube.bench;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Configurations of an nginx with one worker, whose figures ours are held against, or which plays the app. */
final class NginxTexts {

    private NginxTexts() {}

    /** Serves the files of a folder. */
    static String files(Path work, InetSocketAddress own, Path files) {
        return whole(work, "server { listen " + text(own) + "; root " + files + "; }");
    }

    /** Has the kernel send large files of a folder. */
    static String largeFiles(Path work, InetSocketAddress own, Path files) {
        return whole(work, "server { listen " + text(own) + "; root " + files + "; sendfile on; tcp_nopush on; }");
    }

    /** Passes all on to that server, nothing buffered, over connections that stay open. */
    static String proxy(Path work, InetSocketAddress own, InetSocketAddress far) {
        return whole(work, """
                upstream far { server %s; keepalive 64; keepalive_requests 100000000; }
                map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
                server {
                  listen %s;
                  client_max_body_size 0;
                  location / {
                    proxy_pass http://far;
                    proxy_http_version 1.1;
                    proxy_set_header Connection $connection_upgrade;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_buffering off;
                    proxy_request_buffering off;
                  }
                }
                """.formatted(text(far), text(own)));
    }

    private static String whole(Path work, String servers) {
        return """
                user root;
                worker_processes 1;
                pid %1$s/nginx.pid;
                error_log stderr error;
                events { worker_connections 16384; }
                http {
                  access_log off;
                  keepalive_requests 100000000;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  %2$s
                }
                """.formatted(work, servers);
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
