package hakube.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.GitRepositories.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;

/** What becomes of a hostile tree. */
class CheckoutTest extends GitCase {

    private static final String APPS = "apps";

    @Test
    void aLinkInsideOfTheTreeBecomesACopyAndOneOutOfItNothing() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Map<String, Entry> entries = new HashMap<>();
        entries.put("shared/icon.png", repositories.file(APPS, "icon"));
        entries.put("app/icon.png", repositories.link(APPS, "../shared/icon.png"));
        entries.put("app/pictures", repositories.link(APPS, "../shared"));
        entries.put("app/absolute", repositories.link(APPS, secret.toString()));
        entries.put("app/out", repositories.link(APPS, "../../../secret"));
        entries.put("app/over", repositories.link(APPS, "icon.png"));
        entries.put("app/none", repositories.link(APPS, "nothing"));
        entries.put("app/all", repositories.link(APPS, ".."));
        entries.put("app/git", repositories.link(APPS, "../.git/config"));
        repositories.commit(APPS, "main", repositories.tree(APPS, entries));

        GitRemote.Fetched fetched = fetch(address(repositories.fileUrl(APPS)));

        assertEquals(Set.of("app/icon.png", "app/pictures/icon.png", "shared/icon.png"), files(fetched.folder()));
        assertEquals("icon", Files.readString(fetched.folder().resolve("app/pictures/icon.png")));
        assertEquals(
                List.of("symbolic links that lead to nothing in the repository are left out:"
                        + " app/absolute, app/all, app/git and 3 more"),
                fetched.notes());
        try (Stream<Path> all = Files.walk(fetched.folder())) {
            assertTrue(all.noneMatch(Files::isSymbolicLink));
        }
    }

    /** Each level would be all the levels below it once more. */
    @Test
    void aLinkToAFolderAboveItEndsAtTheFirstLinkInTheCopy() throws Exception {
        repositories.commit(
                APPS,
                "main",
                repositories.tree(
                        APPS,
                        Map.of(
                                "a/file", repositories.file(APPS, "1"),
                                "a/b/again", repositories.link(APPS, ".."))));

        GitRemote.Fetched fetched = fetch(address(repositories.fileUrl(APPS)));

        assertEquals(Set.of("a/file", "a/b/again/file"), files(fetched.folder()));
    }

    @Test
    void namesThatLeadElsewhereAreLeftOut() throws Exception {
        Entry file = repositories.file(APPS, "owned");
        ObjectId hostile = repositories.flat(APPS, Map.of("file", file));
        Map<String, Entry> entries = new HashMap<>();
        entries.put("..", new Entry(FileMode.TREE, hostile));
        entries.put(".", new Entry(FileMode.TREE, hostile));
        entries.put(".GIT", new Entry(FileMode.TREE, hostile));
        entries.put("good", file);
        repositories.commit(APPS, "main", repositories.flat(APPS, entries));

        GitRemote.Fetched fetched = fetch(address(repositories.fileUrl(APPS)));

        assertEquals(Set.of("good"), files(fetched.folder()));
        assertFalse(Files.exists(fetched.folder().resolveSibling("file")));
        assertTrue(
                fetched.notes().getFirst().startsWith("names that no file may have are left out: "),
                fetched.notes()::toString);
    }

    /** Eight folders of eight folders, eight times: 25 objects and 16 million files. */
    @Test
    void aTreeThatIsSmallAndBecomesLargeIsRefused() throws Exception {
        ObjectId tree = repositories.flat(APPS, Map.of("file", repositories.file(APPS, "1")));
        for (int level = 0; level < 8; level++) {
            Map<String, Entry> same = new HashMap<>();
            for (int i = 0; i < 8; i++) {
                same.put("f" + i, new Entry(FileMode.TREE, tree));
            }
            tree = repositories.flat(APPS, same);
        }
        repositories.commit(APPS, "main", tree);

        GitFailure failure = failure(address(repositories.fileUrl(APPS)));

        assertEquals(GitFailure.Kind.TOO_LARGE, failure.kind());
        assertEquals("it has more than 50000 files and folders", failure.getMessage());
    }

    @Test
    void oneFileThatIsThereOftenCountsEachTime() throws Exception {
        Entry file = repositories.file(APPS, new byte[1 << 20]);
        Map<String, Entry> entries = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            entries.put("f" + i, file);
        }
        repositories.commit(APPS, "main", repositories.flat(APPS, entries));

        GitFailure failure = failure(address(repositories.fileUrl(APPS)));

        assertEquals(GitFailure.Kind.TOO_LARGE, failure.kind());
        assertEquals("its files have more than " + MOST + " bytes (SUPERVISOR_REPOSITORY_SIZE)", failure.getMessage());
    }

    @Test
    void foldersDownToNowhereAreRefused() throws Exception {
        ObjectId tree = repositories.flat(APPS, Map.of("file", repositories.file(APPS, "1")));
        for (int level = 0; level < 40; level++) {
            tree = repositories.flat(APPS, Map.of("f", new Entry(FileMode.TREE, tree)));
        }
        repositories.commit(APPS, "main", tree);

        assertEquals(
                "its folders are more than 32 deep",
                failure(address(repositories.fileUrl(APPS))).getMessage());
    }

    @Test
    void tenThousandFoldersAreFine() throws IOException, GitFailure {
        Entry file = repositories.file(APPS, "x");
        Map<String, Entry> entries = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            entries.put("f" + i + "/readme", file);
        }
        repositories.commit(APPS, "main", repositories.tree(APPS, entries));

        assertEquals(
                10_000,
                files(fetch(address(repositories.fileUrl(APPS))).folder()).size());
    }
}
