package hakube.registries;

import hakube.api.ApiFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.util.Set;

/** Takes over the log-ins of a backup (upstream {@code supervisor/backups/backup.py}, {@code restore_supervisor_config}, 2026-08). */
@Singleton
public final class RegistryRestore {

    private final Registries registries;

    @Inject
    RegistryRestore(Registries registries) {
        this.registries = registries;
    }

    /**
     * Adds these, or replaces what there is of them.
     *
     * @param all user and password by host
     * @return the hosts
     * @throws ApiFailure.BadRequest one of them is none; the message holds no password
     * @throws ApiFailure as the cluster does
     */
    public Set<String> add(JsonObject all) {
        var credentials = Credentials.read(all.toString());
        if (!credentials.isEmpty()) {
            registries.set(credentials);
        }
        return credentials.keySet();
    }
}
