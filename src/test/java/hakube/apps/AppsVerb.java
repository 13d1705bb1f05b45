package hakube.apps;

import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A verb, with what comes before it. */
enum AppsVerb {
    INSTALL(home -> {}, home -> home.install(SAMPLE)),
    START(home -> home.install(SAMPLE), home -> home.apps.start(SLUG)),
    STOP(AppsVerb::running, home -> home.apps.stop(SLUG)),
    RESTART(AppsVerb::running, home -> home.apps.restart(SLUG)),
    REBUILD(AppsVerb::running, home -> home.rebuild.run(SLUG)),
    UPDATE(AppsVerb::running, home -> home.update("2.0")),
    UPDATE_STOPPED(home -> home.install(SAMPLE), home -> home.update("2.0")),
    COLD_BACKUP(
            home -> {
                home.install(SAMPLE + "backup: cold\n");
                home.apps.start(SLUG);
            },
            home -> {
                try {
                    home.saving.save(SLUG, content -> {});
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }),
    UNINSTALL(AppsVerb::running, home -> home.apps.uninstall(SLUG, false)),
    UNINSTALL_WITH_CONFIG(AppsVerb::running, home -> home.apps.uninstall(SLUG, true));

    private final Consumer<AppsHome> before;
    private final Consumer<AppsHome> work;

    AppsVerb(Consumer<AppsHome> before, Consumer<AppsHome> work) {
        this.before = before;
        this.work = work;
    }

    /** A home in which the verb can be used; pods come and go by themselves. */
    AppsHome prepare(Path share) {
        AppsHome home = new AppsHome(share).wake();
        home.cluster.autoRun();
        before.accept(home);
        home.cluster.forgetWrites();
        return home;
    }

    void run(AppsHome home) {
        work.accept(home);
    }

    private static void running(AppsHome home) {
        home.install(SAMPLE);
        home.apps.start(SLUG);
    }
}
