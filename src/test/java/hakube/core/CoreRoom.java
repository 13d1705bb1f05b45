package hakube.core;

import hakube.config.Settings;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.jobs.Jobs;
import hakube.kubernetes.Cluster;
import hakube.state.State;
import hakube.storage.Folders;
import hakube.storage.OneNode;
import hakube.versions.BackupFirst;
import hakube.versions.Channel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The room as CDI would furnish it, on a cluster of the test's choice. */
final class CoreRoom {

    final Core core;
    final CoreView view;
    final CoreControls controls;
    final CoreAddresses addresses;
    final Jobs jobs;
    final Events events = new Events();
    final List<SupervisorEvent> told = new CopyOnWriteArrayList<>();

    /** Made before an update, by version. */
    final List<String> backups = new CopyOnWriteArrayList<>();

    Optional<RuntimeException> backupFailure = Optional.empty();

    private final BackupFirst backup = new BackupFirst() {
        @Override
        public void ofCore(String version) {
            backupFailure.ifPresent(failure -> {
                throw failure;
            });
            backups.add(version);
        }

        @Override
        public void ofApp(String slug, String version) {
            throw new AssertionError("Core asks for no app's backup");
        }
    };

    CoreRoom(Cluster cluster, Settings settings) {
        events.listen(told::add);
        Folders folders = new Folders(settings.supervisor().share());
        State state = new State(settings, folders, events);
        Channel channel = new Channel(settings, folders, state, events);
        CoreFile file = new CoreFile(folders, events);
        OneNode oneNode = new OneNode(settings, cluster);
        CoreLinkObjects link = new CoreLinkObjects(cluster, settings);
        CoreObjects objects = new CoreObjects(cluster, settings, state, oneNode, link);
        CoreHome home = new CoreHome(folders, settings);
        CoreRun run = new CoreRun(objects, new CoreStart(cluster, settings), home, events);
        CoreUpdate update = new CoreUpdate(file, objects, run, channel, events, () -> backup);
        CoreCheck check = new CoreCheck(cluster, settings, state, oneNode, home);
        jobs = new Jobs(folders, events);
        core = new Core(file, objects, run, home, update, check, jobs, channel);
        view = new CoreView(cluster, settings, file, objects, channel);
        addresses = new CoreAddresses(cluster, file, link);
        controls = new CoreControls(core, channel, link);
    }
}
