package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apps go on while their data is put into a backup, and one of them may mean harm. */
class ChangingTreeTest {

    /** So much that reading it takes longer than doing something to it. */
    private static final int LARGE = 96 * 1024 * 1024;

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Path tree;
    private Path backup;

    /** What happens to a file in the middle of its reading. */
    private interface Change {
        void on(FileChannel file) throws IOException;
    }

    @BeforeEach
    void makeFolders() throws IOException {
        tree = Files.createDirectory(folder.resolve("tree"));
        backup = folder.resolve("backup.tar");
    }

    @Test
    void whatBecomesShorterIsFilledUpWithZeros() throws Exception {
        byte[] content = unpackedAfter(file -> file.truncate(LARGE / 2 + 5));

        assertEquals(LARGE, content.length);
        assertEquals('x', content[0]);
        assertEquals(0, content[LARGE - 1]);
        assertEquals(1, warnings.size());
        assertTrue(
                warnings.getFirst().contains("tree/file became shorter while it was read: zeros stand for its last "));
    }

    @Test
    void whatBecomesLongerIsCut() throws Exception {
        byte[] content = unpackedAfter(file -> file.write(ByteBuffer.wrap(new byte[5_000_000]), LARGE));

        byte[] expected = new byte[LARGE];
        Arrays.fill(expected, (byte) 'x');
        assertTrue(Arrays.equals(expected, content));
        assertEquals(List.of(), warnings);
    }

    private byte[] unpackedAfter(Change change) throws Exception {
        byte[] content = new byte[LARGE];
        Arrays.fill(content, (byte) 'x');
        Path file = Files.write(tree.resolve("file"), content);
        Thread changer = Thread.ofVirtual().start(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                while (!Files.exists(backup) || Files.size(backup) < LARGE / 20) {
                    Thread.onSpinWait();
                }
                change.on(channel);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        write(TreeFilter.ALL);
        changer.join();
        return Files.readAllBytes(unpack().resolve("file"));
    }

    @Test
    void whatHasVanishedIsLeftOut() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(tree.resolve(name), name);
            Files.writeString(
                    Files.createDirectory(tree.resolve("folder " + name)).resolve("x"), name);
        }
        TreeSet<String> asked = new TreeSet<>();

        write((relative, isDirectory) -> {
            if (asked.isEmpty()) {
                asked.add(relative.toString());
                deleteAllBut(relative);
            }
            return true;
        });

        assertEquals(asked, new TreeSet<>(List.of(unpack().toFile().list())));
        assertEquals(5, warnings.size(), warnings.toString());
        assertTrue(warnings.stream().allMatch(warning -> warning.endsWith(" has vanished and is left out")));
    }

    private void deleteAllBut(Path kept) {
        for (String name :
                List.of("folder a/x", "folder b/x", "folder c/x", "folder a", "folder b", "folder c", "a", "b", "c")) {
            if (!Path.of(name).startsWith(kept)) {
                delete(tree.resolve(name));
            }
        }
    }

    @Test
    void socketsAndPipesAreLeftOut() throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", tree.resolve("pi\npe").toString())
                        .start()
                        .waitFor());
        Files.writeString(tree.resolve("file"), "content");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(tree.resolve("socket")));

            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> write(TreeFilter.ALL));
        }

        assertEquals(List.of("file"), List.of(unpack().toFile().list()));
        warnings.sort(null);
        assertEquals(
                List.of(tree + "/pi\\u000ape is a pipe and left out", tree + "/socket is a socket and left out"),
                warnings);
    }

    /** The content is that of the file which was there when the name was looked at, whatever has taken its place. */
    @Test
    void aFileThatIsExchangedForALinkOrAPipeIsNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "of others");
        Files.writeString(tree.resolve("link"), "of mine");
        Files.writeString(tree.resolve("pipe"), "of mine, too");

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> write((relative, isDirectory) -> {
                    delete(tree.resolve(relative));
                    try {
                        if (relative.toString().equals("link")) {
                            Files.createSymbolicLink(tree.resolve("link"), secret);
                        } else {
                            new ProcessBuilder("mkfifo", tree.resolve("pipe").toString())
                                    .start()
                                    .waitFor();
                        }
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return true;
                }));

        Path unpacked = unpack();
        assertEquals("of mine", Files.readString(unpacked.resolve("link")));
        assertEquals("of mine, too", Files.readString(unpacked.resolve("pipe")));
    }

    @Test
    void aDirectoryThatIsExchangedForALinkIsNotFollowed() throws Exception {
        Path others = Files.createDirectory(folder.resolve("others"));
        Files.writeString(others.resolve("secret"), "of others");
        Path mine = Files.createDirectory(tree.resolve("mine"));
        Files.writeString(mine.resolve("file"), "of mine");

        write((relative, isDirectory) -> {
            if (relative.toString().equals("mine")) {
                try {
                    Files.move(mine, folder.resolve("elsewhere"));
                    Files.createSymbolicLink(mine, others);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return true;
        });

        Path unpacked = unpack();
        assertEquals("of mine", Files.readString(unpacked.resolve("mine/file")));
        assertFalse(Files.exists(unpacked.resolve("mine/secret")));
    }

    @Test
    void whatIsLeftOutTakesItsContentAlong() throws Exception {
        Files.writeString(Files.createDirectories(tree.resolve("a/b")).resolve("c"), "c");
        Files.writeString(tree.resolve("a/d"), "d");
        List<String> asked = new ArrayList<>();

        write((relative, isDirectory) -> {
            asked.add(relative + (isDirectory ? "/" : ""));
            return !relative.toString().equals("a/b");
        });

        asked.sort(null);
        assertEquals(List.of("a/", "a/b/", "a/d"), asked);
        assertEquals(List.of("", "a", "a/d"), List.copyOf(Listing.of(unpack()).keySet()));
    }

    @Test
    void whatIsTooDeepFailsThePart() throws Exception {
        Path deep = tree;
        for (int i = 0; i < 502; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);

        FileSystemException failure = assertThrows(FileSystemException.class, () -> write(TreeFilter.ALL));

        assertEquals("it is more than 500 directories deep", failure.getReason());
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(TreeFilter filter) throws IOException {
        ArchiveWriter.Options options = new ArchiveWriter.Options(false, Optional.empty(), 1);
        try (ArchiveWriter writer = ArchiveWriter.create(backup, options, warnings::add)) {
            writer.part("app", part -> part.tree(tree, ".", filter));
            writer.finish("{}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private Path unpack() throws IOException, NotABackup {
        Path target = Files.createDirectory(folder.resolve("target"));
        try (ArchiveReader reader = ArchiveReader.open(backup)) {
            reader.unpack("app", false, Optional.empty(), target, warnings::add);
        }
        return target;
    }
}
