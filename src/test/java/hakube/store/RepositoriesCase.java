package hakube.store;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.jobs.Jobs;
import hakube.resolution.Issue;
import hakube.resolution.Issues;
import hakube.resolution.Suggestion;
import hakube.state.State;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store whose repositories are those of a {@link FakeRemote}, that can be started again. */
abstract class RepositoriesCase {

    static final String GARDEN = "https://garden.example/apps";
    /** The first eight digits of the address's SHA-1. */
    static final String SLUG = Slugs.ofRepository(GARDEN);

    @TempDir
    Path claim;

    final FakeRemote remote = new FakeRemote();
    final List<List<String>> reloaded = new CopyOnWriteArrayList<>();
    final Set<String> used = new TreeSet<>();
    final Set<String> installed = new TreeSet<>();
    Set<String> builtIn = Set.of();
    Store store;
    State state;
    Issues issues;
    Upkeep upkeep;
    Repositories repositories;

    @BeforeEach
    final void start() {
        Events events = new Events();
        events.listen(event -> {
            if (event instanceof SupervisorEvent.StoreReloaded(List<String> slugs)) {
                reloaded.add(slugs);
            }
        });
        Folders folders = new Folders(claim);
        issues = new Issues(events);
        store = new Store(folders);
        state = new State(settings(), folders, events);
        upkeep = new Upkeep(settings(), folders, remote, store, state, users(), events, issues);
        repositories = new Repositories(upkeep, users(), new Jobs(folders, events));
        repositories.load();
    }

    @AfterEach
    final void end() {
        upkeep.end();
    }

    private RepositoryUsers users() {
        return new RepositoryUsers() {
            @Override
            public boolean isUsed(String slug) {
                return used.contains(slug);
            }

            @Override
            public boolean isInstalled(String slug) {
                return installed.contains(slug);
            }
        };
    }

    private Settings settings() {
        Settings plain = TestSettings.of(claim);
        Settings.StoreSettings known = plain.store();
        return TestSettings.with(
                plain, new Settings.StoreSettings(false, known.schemes(), known.mostBytes(), known.time(), builtIn));
    }

    /** A valid repository with these apps besides. */
    static Map<String, String> garden(String... slugs) {
        Map<String, String> files = new TreeMap<>(Map.of("repository.yaml", FakeRemote.LABEL));
        for (String slug : slugs) {
            files.put(slug + "/config.yaml", FakeRemote.manifest(slug, "1.0"));
        }
        return files;
    }

    List<String> apps() {
        return store.apps().stream().map(StoreApp::slug).toList();
    }

    List<String> slugs() {
        return store.repositories().stream().map(Repository::slug).toList();
    }

    List<String> openIssues() {
        return issues.open().stream().map(RepositoriesCase::words).toList();
    }

    List<String> suggestions() {
        return issues.suggestions().stream().map(Suggestion::type).toList();
    }

    String storeFile() throws IOException {
        return Files.readString(claim.resolve("store.json")).replaceAll("\\s", "");
    }

    /** What lies in the folder of the trees. */
    List<String> trees() throws IOException {
        Path git = claim.resolve("addons/git");
        if (!Files.exists(git)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(git, 2)) {
            return all.filter(path -> !path.equals(git))
                    .map(path -> git.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private static String words(Issue issue) {
        return issue.type() + " " + issue.context() + " " + issue.reference();
    }
}
