package hakube.host;

import hakube.api.ApiFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the Supervisor's pod knows of its own network; read from the kernel, no call. */
@Singleton
final class Network {

    private static final String PRIMARY = "default";

    private final OwnAddress own;
    private final Connectivity connectivity;
    private final Path resolverFile;
    private final Path routesFile;

    @Inject
    Network(OwnAddress own, Connectivity connectivity) {
        this(own, connectivity, Path.of("/etc/resolv.conf"), Path.of("/proc/net/route"));
    }

    Network(OwnAddress own, Connectivity connectivity, Path resolverFile, Path routesFile) {
        this.own = own;
        this.connectivity = connectivity;
        this.resolverFile = resolverFile;
        this.routesFile = routesFile;
    }

    /** What {@code /network/info} answers. */
    NetworkInfo info() {
        Link link = Link.of(own.address());
        return NetworkInfo.of(
                link, resolver(), new Routes(text(routesFile)).gatewayOf(link.name()), connectivity.isThere());
    }

    /**
     * The one interface, by its name or as {@code default}.
     *
     * @throws ApiFailure.NotFound for every other name
     */
    NetworkInfo.Interface named(String name) {
        return info().interfaces().stream()
                .filter(one ->
                        one.name().equals(name) || name.toLowerCase(Locale.ROOT).equals(PRIMARY))
                .findFirst()
                .orElseThrow(() -> new ApiFailure.NotFound("Interface " + name + " does not exist"));
    }

    /** Looks anew whether there is internet; takes 10 s at most. All else is read anew by each question. */
    void reload() {
        connectivity.check();
    }

    Resolver resolver() {
        return Resolver.of(text(resolverFile));
    }

    /** Not every system has these files. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }
}
