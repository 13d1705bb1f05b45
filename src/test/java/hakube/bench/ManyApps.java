package hakube.bench;

import hakube.testing.SupervisorProcess;
import java.io.IOException;

/** An installation of a size that few homes have, unless told otherwise. */
final class ManyApps {

    static final int FIFTY = 50;

    private ManyApps() {}

    /** Lays so many {@code config.yaml} files into the store's folder; to be called before the start. */
    static void offer(SupervisorProcess supervisor, int count) throws IOException {
        for (int number = 0; number < count; number++) {
            supervisor.offer(name(number), """
                    name: Sample %1$d
                    version: "1.%1$d"
                    slug: %2$s
                    description: App number %1$d of an installation that has many of them
                    url: https://apps.example.com/%2$s
                    arch: [amd64, aarch64]
                    image: localhost/hakube/busybox
                    init: false
                    startup: application
                    boot: manual
                    map: [share:rw, ssl]
                    ports:
                      80/tcp: null
                    options:
                      level: info
                      interval: %1$d
                    schema:
                      level: list(debug|info|warning)
                      interval: int
                    """.formatted(number, name(number)));
        }
    }

    /** Installs the first ones. Nothing answers for Core on a simulated node, so it is not to be watched. */
    static void install(SupervisorProcess supervisor, int count) throws IOException {
        supervisor.ask("POST", "/core/options", "{\"watchdog\": false}").data();
        for (int number = 0; number < count; number++) {
            supervisor.post("/store/addons/" + slug(number) + "/install").data();
        }
    }

    static String slug(int number) {
        return "local_" + name(number);
    }

    private static String name(int number) {
        return "sample_" + number;
    }
}
