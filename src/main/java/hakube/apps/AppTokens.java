package hakube.apps;

import hakube.access.Caller;
import hakube.access.Callers;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Knows an app by the token in its Secret. */
@Singleton
final class AppTokens implements Callers {

    private final Cluster cluster;
    private final AppsFile apps;
    private volatile Known known = new Known(-1, List.of());

    @Inject
    AppTokens(Cluster cluster, AppsFile apps) {
        this.cluster = cluster;
        this.apps = apps;
    }

    /** @param hash SHA-256 of the token; tokens themselves are not kept */
    private record Entry(byte[] hash, InstalledApp app) {}

    private record Known(long revision, List<InstalledApp> of, List<Entry> entries) {
        Known(long revision, List<Entry> entries) {
            this(revision, List.of(), entries);
        }
    }

    @Override
    public Optional<Caller.App> byToken(String token) {
        byte[] asked = Hashes.sha256(token);
        InstalledApp found = null;
        for (Entry entry : entries()) {
            // No early end: the time must not tell which app it was.
            if (MessageDigest.isEqual(entry.hash(), asked)) {
                found = entry.app();
            }
        }
        return Optional.ofNullable(found).map(AppTokens::caller);
    }

    private List<Entry> entries() {
        long revision = cluster.watched(Kind.SECRET).revision();
        List<InstalledApp> installed = apps.all();
        Known now = known;
        if (now.revision() != revision || !now.of().equals(installed)) {
            List<Entry> entries = installed.stream()
                    .flatMap(app -> token(app).map(value -> new Entry(Hashes.sha256(value), app)).stream())
                    .toList();
            now = new Known(revision, installed, entries);
            known = now;
        }
        return now.entries();
    }

    private Optional<String> token(InstalledApp app) {
        return cluster.watched(Kind.SECRET)
                .find(AppWorkload.secretName(app.slug()))
                .map(V1Secret::getData)
                .map(data -> data.get(AppWorkload.TOKEN))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(token -> !token.isBlank());
    }

    private static Caller.App caller(InstalledApp app) {
        var access = app.manifest().access();
        return new Caller.App(
                app.slug(),
                access.hassioApi(),
                Caller.Role.valueOf(access.hassioRole().toUpperCase(Locale.ROOT)),
                access.homeassistantApi(),
                access.authApi(),
                access.services(),
                access.discovery());
    }
}
