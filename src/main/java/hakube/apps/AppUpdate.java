package hakube.apps;

import hakube.api.ApiFailure;
import hakube.jobs.Jobs;
import hakube.store.StoreApp;
import hakube.versions.BackupFirst;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Brings an installed app to the version that the store offers, and back again when that one does not start.
 *
 * <p>Upstream ({@code supervisor/apps/app.py}, {@code update}, 2026-08) pulls the new image while the old version runs, and leaves that
 * one alone when the pull fails; what happens after the stop it does not take back. Here a node pulls, and only for a pod: so the stop
 * comes first, and the old version comes back for whatever keeps the new one from starting, 15 minutes included, since the job lasts as
 * long as the pull here, too. The image of an app that is stopped is
 * first asked for at its next start.
 */
@Singleton
public final class AppUpdate {

    private final AppsFile file;
    private final AppExchange exchange;
    private final Jobs jobs;
    private final Supplier<BackupFirst> backup;

    @Inject
    AppUpdate(AppsFile file, AppExchange exchange, Jobs jobs, Instance<BackupFirst> backup) {
        this(file, exchange, jobs, (Supplier<BackupFirst>) backup::get);
    }

    AppUpdate(AppsFile file, AppExchange exchange, Jobs jobs, Supplier<BackupFirst> backup) {
        this.file = file;
        this.exchange = exchange;
        this.jobs = jobs;
        this.backup = backup;
    }

    /** What asking for an update of the newest version ends with: {@code app_no_update_available_error}. */
    public static ApiFailure noUpdate(String slug) {
        return new ApiFailure.BadRequest(
                "No update available for app " + slug, "app_no_update_available_error", Map.of("app", slug));
    }

    /**
     * Updates to what the store offers. The app is started again if it ran; when the new version does not start, the old one comes
     * back.
     *
     * @param arch of the image that fits the cluster, upstream's word
     * @param withBackup one of the app comes first; without it there is no update
     * @throws ApiFailure.BadRequest before the first write when it is not installed, there is no update, the user's options do not
     *     fit, or another app has a port; afterwards when the new version did not start: the message says why, and what runs now
     * @throws ApiFailure.UnsupportedHere with all demands that a cluster cannot meet
     * @throws ApiFailure as the cluster does, and then all is as it was, or becomes so at the next start of the Supervisor
     */
    public void update(StoreApp offered, String arch, boolean withBackup) {
        jobs.run(Apps.imageWork("update", offered.slug()), () -> run(plan(offered, arch), withBackup));
    }

    /**
     * As {@link #update}, but only what can be checked beforehand ends before it returns.
     *
     * @return id of the job
     */
    public String updateInBackground(StoreApp offered, String arch, boolean withBackup) {
        return jobs.background(
                Apps.imageWork("update", offered.slug()), () -> plan(offered, arch), plan -> run(plan, withBackup));
    }

    private void run(AppExchange.Plan plan, boolean withBackup) {
        if (withBackup) {
            backup.get().ofApp(plan.before().slug(), plan.before().user().version());
        }
        exchange.run(plan);
    }

    private AppExchange.Plan plan(StoreApp offered, String arch) {
        InstalledApp before = file.find(offered.slug())
                .orElseThrow(() -> new ApiFailure.BadRequest("App " + offered.slug() + " is not installed"));
        AppRevision revision = AppRevision.of(offered.manifest(), arch);
        if (revision.version().equals(before.user().version())) {
            throw noUpdate(before.slug());
        }
        return exchange.plan("update", before, revision);
    }
}
