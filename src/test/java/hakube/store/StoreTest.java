package hakube.store;

import hakube.kubernetes.ObjectNames;
import hakube.storage.Folders;
import hakube.testing.Logged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String OUTDATED = "name: Frost\nversion: 1.0\ndescription: d\narch: [amd64]\nstartup: before\n"
            + "map: [bogus]\ncodenotary: a@b.example\nslug: ";

    @TempDir
    private Path claim;

    @Test
    void appsAreFoundAtAnyDepthButNotInHiddenFoldersOrRootfs() throws IOException {
        manifest("addons/local/frost/config.yaml", "frost");
        manifest(
                "addons/local/garden/deep/down/config.json",
                "{\"name\": \"x\", \"version\": 1, \"slug\": \"deep\","
                        + "\t\"description\": \"\", \"arch\": [\"amd64\"]}",
                "");
        manifest("addons/local/.git/a/config.yaml", "hidden");
        manifest("addons/local/frost/rootfs/etc/config.yaml", "inside");

        Assertions.assertEquals(List.of("local_frost", "local_deep"), slugs());
    }

    @Test
    void olderPlacesOfTheLocalRepositoryAreReadToo() throws IOException {
        manifest("local_apps/a/config.yml", "one");
        manifest("apps/local/b/config.yml", "two");

        Assertions.assertEquals(List.of("local_one", "local_two"), slugs());
    }

    @Test
    void oneBrokenAppLeavesTheOthersInPlace() throws IOException {
        manifest("addons/local/a/config.yaml", "{{{{", "");
        manifest("addons/local/b/config.yaml", "whole");

        Assertions.assertEquals(List.of("local_whole"), slugs());
    }

    @Test
    void noSymbolicLinkLeadsOutOfTheFolder() throws IOException {
        manifest("elsewhere/app/config.yaml", "secret");
        manifest("addons/local/frost/config.yaml", "frost");
        Files.createSymbolicLink(claim.resolve("addons/local/out"), claim.resolve("elsewhere"));
        Files.createDirectories(claim.resolve("addons/local/file"));
        Files.createSymbolicLink(
                claim.resolve("addons/local/file/config.yaml"), claim.resolve("elsewhere/app/config.yaml"));
        Files.createSymbolicLink(
                claim.resolve("addons/local/frost/README.md"), claim.resolve("elsewhere/app/config.yaml"));
        Store store = store();

        Assertions.assertEquals(
                List.of("local_frost"),
                store.apps().stream().map(StoreApp::slug).toList());
        Assertions.assertTrue(
                store.find("local_frost").orElseThrow().documents().readme().isEmpty());
    }

    @Test
    void documentsAndTranslationsAreFoundBesideTheManifest() throws IOException {
        manifest("addons/local/frost/config.yaml", "frost");
        manifest("addons/local/frost/icon.png", "", "");
        manifest("addons/local/frost/DOCS.md", "# how", "");
        manifest(
                "addons/local/frost/translations/en.yaml",
                "configuration: {pin: {name: Pin, extra: 1}}\nnetwork: {80/tcp: Web}",
                "");
        manifest("addons/local/frost/translations/de.yaml", "configuration: {pin: {}}", "");
        StoreApp app = store().find("local_frost").orElseThrow();

        Assertions.assertTrue(app.documents().icon().isPresent());
        Assertions.assertTrue(app.documents().documentation().isPresent());
        Assertions.assertTrue(app.documents().logo().isEmpty());
        Assertions.assertEquals(
                Map.of(
                        "en",
                        Map.of(
                                "configuration",
                                Map.of("pin", Map.of("name", "Pin")),
                                "network",
                                Map.of("80/tcp", "Web"))),
                app.translations());
    }

    /** Each level is as the one above it. */
    @Test
    void translationsOfOptionsWithinOptionsAreReadAndCheckedAsDeepAsTheyGo() throws IOException {
        String nested = "configuration: {log: {name: Log, fields: {file: {name: File, fields: {size: %s}}}}}";
        manifest("addons/local/frost/config.yaml", "frost");
        manifest(
                "addons/local/frost/translations/en.yaml",
                nested.formatted("{name: Size, description: In bytes, extra: 1}"),
                "");
        manifest("addons/local/frost/translations/de.yaml", nested.formatted("{description: In Bytes}"), "");
        try (Logged lines = Logged.by(Store.class)) {
            StoreApp app = store().find("local_frost").orElseThrow();

            Map<String, Object> size = Map.of("name", "Size", "description", "In bytes");
            Map<String, Object> file = Map.of("name", "File", "fields", Map.of("size", size));
            Map<String, Object> log = Map.of("name", "Log", "fields", Map.of("file", file));
            Assertions.assertEquals(Map.of("en", Map.of("configuration", Map.of("log", log))), app.translations());
            Assertions.assertEquals(
                    List.of("Cannot use " + claim.resolve("addons/local/frost/translations/de.yaml")
                            + ": required key not provided @ data['configuration']['log']['fields']['file']"
                            + "['fields']['size']['name']"),
                    lines.lines());
        }
    }

    @Test
    void ofAnAppThatIsThereTwiceTheLastCountsAndTheOtherIsNamed() throws IOException {
        manifest("addons/local/a/config.yaml", "frost");
        manifest("addons/local/b/config.yaml", "frost");
        try (Logged lines = Logged.by(Store.class)) {
            Store store = store();

            Assertions.assertEquals(
                    claim.resolve("addons/local/b"),
                    store.find("local_frost").orElseThrow().folder());
            Assertions.assertEquals(
                    List.of("Cannot use " + claim.resolve("addons/local/a")
                            + ": its app local_frost is also in folder b, which counts"),
                    lines.lines());
        }
    }

    @Test
    void appsWhoseSlugsDifferOnlyInCaseAreTwo() throws IOException {
        manifest("addons/local/a/config.yaml", "frost");
        manifest("addons/local/b/config.yaml", "Frost");

        Assertions.assertEquals(List.of("local_frost", "local_Frost"), slugs());
        Assertions.assertNotEquals(ObjectNames.deployment("local_frost"), ObjectNames.deployment("local_Frost"));
    }

    @Test
    void oldSpellingsAreToldOnceInOneLine() throws IOException {
        manifest("addons/local/a/config.yaml", OUTDATED, "old");
        Store store = new Store(new Folders(claim));
        try (Logged lines = Logged.by(Store.class)) {
            read(store);
            read(store);
            Assertions.assertEquals(
                    List.of(
                            "Manifest of app local_old: startup 'before' is an old word for 'services'; codenotary has no"
                                    + " effect any more; map has an entry that means nothing, it is skipped: 'bogus'"),
                    lines.lines());
        }
    }

    @Test
    void ofManyOutdatedAppsTwentyAreToldAndTheOthersCounted() throws IOException {
        for (int number = 0; number < 23; number++) {
            manifest("addons/local/f" + number + "/config.yaml", OUTDATED, "s" + number);
        }
        try (Logged lines = Logged.by(Store.class)) {
            store();
            Assertions.assertEquals(21, lines.lines().size());
            Assertions.assertEquals(
                    "3 more manifests of repository local are outdated",
                    lines.lines().getLast());
        }
    }

    @Test
    void ofMoreThanAThousandAppsTheFirstAreReadAndOneLineSaysSo() throws IOException {
        for (int number = 1000; number < 2001; number++) {
            manifest("addons/local/f" + number + "/config.yaml", "s" + number);
        }
        try (Logged lines = Logged.by(Store.class)) {
            Assertions.assertEquals(1000, slugs().size());
            Assertions.assertEquals(
                    List.of("Cannot use " + claim.resolve("addons/local")
                            + ": there are 1001 apps, the first 1000 are read"),
                    lines.lines());
        }
    }

    /** Far more than any repository has: neither time nor lines, nor an app that is in the way of the first. */
    @Test
    void tenThousandFoldersAreReadInTime() throws IOException {
        for (int number = 10_000; number < 20_000; number++) {
            manifest("addons/local/f" + number + "/README.md", "# no app", "");
        }
        try (Logged lines = Logged.by(Store.class)) {
            Assertions.assertEquals(List.of(), Assertions.assertTimeoutPreemptively(LIMIT, this::slugs));
            for (int number = 10_000; number < 20_000; number++) {
                manifest("addons/local/f" + number + "/config.yaml", "s" + number);
            }

            List<String> slugs = Assertions.assertTimeoutPreemptively(LIMIT, this::slugs);

            Assertions.assertEquals(1000, slugs.size());
            Assertions.assertEquals("local_s10000", slugs.getFirst());
            Assertions.assertEquals("local_s10999", slugs.getLast());
            Assertions.assertEquals(
                    List.of("Cannot use " + claim.resolve("addons/local")
                            + ": there are 10000 apps, the first 1000 are read"),
                    lines.lines());
        }
    }

    @Test
    void manyBrokenAppsCostAFewLines() throws IOException {
        for (int number = 0; number < 50; number++) {
            manifest("addons/local/f" + number + "/config.yaml", "{{{{", "");
        }
        try (Logged lines = Logged.by(Store.class)) {
            store();

            Assertions.assertEquals(21, lines.lines().size());
            Assertions.assertEquals(
                    "Cannot use 30 more of repository local", lines.lines().getLast());
        }
    }

    @Test
    void reloadForgetsWhatIsGone() throws IOException {
        manifest("addons/local/frost/config.yaml", "frost");
        Store store = store();
        Files.delete(claim.resolve("addons/local/frost/config.yaml"));
        Assertions.assertTrue(store.find("local_frost").isPresent(), "until the next reading");

        read(store);

        Assertions.assertTrue(store.find("local_frost").isEmpty());
    }

    @Test
    void withoutAnyFolderTheLocalRepositoryIsEmpty() {
        Store store = store();

        Assertions.assertEquals(List.of(), store.apps());
        Assertions.assertEquals(
                List.of("local"),
                store.repositories().stream().map(Repository::slug).toList());
    }

    private List<String> slugs() {
        return store().apps().stream().map(StoreApp::slug).toList();
    }

    private Store store() {
        return read(new Store(new Folders(claim)));
    }

    /** Its local repository, anew. */
    static Store read(Store store) {
        store.read(List.of(store.local()), Set.of(store.local().slug()), (_, _) -> true);
        return store;
    }

    private void manifest(String path, String slug) throws IOException {
        manifest(path, "name: Frost\nversion: 1.0\ndescription: d\narch: [amd64]\nslug: ", slug);
    }

    private void manifest(String path, String text, String slug) throws IOException {
        Path file = claim.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + slug);
    }
}
