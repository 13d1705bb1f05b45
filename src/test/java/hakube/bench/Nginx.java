package hakube.bench;

import hakube.testing.ControlPlane;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An nginx with one worker, whose figures ours are held against, or which plays the app. */
final class Nginx implements AutoCloseable {

    private final Process master;

    private Nginx(Process master) {
        this.master = master;
    }

    /** Serves the files of a folder. */
    static Nginx files(Path work, String address, int port, Path files) throws IOException {
        return start(work, address, port, "server { listen " + address + ":" + port + "; root " + files + "; }");
    }

    /** Passes all on to that server, nothing buffered, over connections that stay open. */
    static Nginx proxy(Path work, int port, String far) throws IOException {
        return start(work, "127.0.0.1", port, """
                upstream far { server %s; keepalive 64; keepalive_requests 100000000; }
                map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
                server {
                  listen 127.0.0.1:%d;
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
                """.formatted(far, port));
    }

    /** Of its worker. */
    long pid() {
        return master.children().findFirst().map(ProcessHandle::pid).orElse(master.pid());
    }

    @Override
    public void close() throws IOException {
        master.destroy();
        try {
            master.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        master.destroyForcibly();
    }

    private static Nginx start(Path work, String address, int port, String servers) throws IOException {
        Files.createDirectories(work);
        Path configuration = Files.writeString(work.resolve("nginx.conf"), """
                user root;
                daemon off;
                worker_processes 1;
                pid nginx.pid;
                error_log stderr error;
                events { worker_connections 16384; }
                http {
                  access_log off;
                  keepalive_requests 100000000;
                  client_body_temp_path body;
                  proxy_temp_path proxy;
                  fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi;
                  scgi_temp_path scgi;
                  %s
                }
                """.formatted(servers));
        Process master = new ProcessBuilder(program().toString(), "-p", work.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("log.txt").toFile())
                .start();
        await(master, address, port, work);
        return new Nginx(master);
    }

    private static Path program() {
        return ControlPlane.checkout().resolve("src/test/tools/nginx");
    }

    private static void await(Process process, String address, int port, Path work) throws IOException {
        for (int attempt = 0; attempt < 600 && process.isAlive(); attempt++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 1000);
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(50_000_000);
            }
        }
        process.destroyForcibly();
        throw new IOException("nginx does not listen: " + Files.readString(work.resolve("log.txt")));
    }
}
