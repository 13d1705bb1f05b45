package hakube.bench;

import hakube.testing.SupervisorProcess;
import java.io.IOException;

/** An installation of a size that few homes have. */
final class FiftyApps {

    static final int COUNT = 50;

    private FiftyApps() {}

    /** Lays their {@code config.yaml} files into the store's folder; to be called before the start. */
    static void offer(SupervisorProcess supervisor) throws IOException {
        for (int number = 0; number < COUNT; number++) {
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

    static void install(SupervisorProcess supervisor) throws IOException {
        for (int number = 0; number < COUNT; number++) {
            supervisor.post("/store/addons/local_" + name(number) + "/install").data();
        }
    }

    private static String name(int number) {
        return "sample_" + number;
    }
}
