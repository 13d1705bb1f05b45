package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written comes out as it was, in every form. */
class RoundTripTest {

    private static final Optional<Password> PASSWORD = Password.of("pässwörd ✓");

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Path tree;
    private Path target;

    /** @param threads that compress */
    record Form(boolean isCompressed, Optional<Protection> protection, int threads) {

        Optional<Password> password() {
            return protection.flatMap(any -> PASSWORD);
        }

        ArchiveWriter.Options options() {
            return new ArchiveWriter.Options(isCompressed, protection, threads);
        }
    }

    static List<Form> forms() {
        return List.of(
                new Form(false, Optional.empty(), 1),
                new Form(true, Optional.empty(), 1),
                new Form(true, Optional.empty(), 3),
                new Form(false, PASSWORD.map(Protection::v2), 1),
                new Form(true, PASSWORD.map(Protection::v2), 2),
                new Form(false, PASSWORD.map(Protection::v3), 1),
                new Form(true, PASSWORD.map(Protection::v3), 2));
    }

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectory(folder.resolve("tree"));
        target = Files.createDirectory(folder.resolve("target"));
        Random random = new Random(7);
        byte[] noise = new byte[3 * 1024 * 1024 + 17];
        random.nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        Files.writeString(tree.resolve("text"), "all work and no play\n".repeat(100_000));
        Files.writeString(tree.resolve("empty"), "");
        for (int length : new int[] {511, 512, 513, Block.SIZE - 1, Block.SIZE, 3 * Block.SIZE}) {
            Files.write(tree.resolve("of " + length), new byte[length]);
        }
        Path deep = Files.createDirectories(tree.resolve("d".repeat(90) + "/" + "e".repeat(200) + "/Füße"));
        Files.writeString(deep.resolve("日本語 ✓\n.txt"), "x");
        Files.writeString(deep.resolve(new RawName("no \u00ff\u00fe UTF-8").path()), "y");
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("../outside/nowhere"));
        Files.createSymbolicLink(tree.resolve("far"), Path.of("/" + "x".repeat(250) + "/ü"));
        Files.createLink(tree.resolve("text again"), tree.resolve("text"));
        Files.createLink(deep.resolve("and again"), tree.resolve("text"));
        giveSomeAway();
        Path closed = Files.createDirectory(tree.resolve("closed"));
        Files.writeString(closed.resolve("secret"), "z");
        Files.setPosixFilePermissions(closed.resolve("secret"), PosixFilePermissions.fromString("r--------"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-x---"));
        at(closed.resolve("secret"), "1969-12-31T23:59:58.5Z");
        at(closed, "2001-02-03T04:05:06.789012345Z");
        at(tree.resolve("empty"), "2500-01-01T00:00:00Z");
        Files.createDirectory(tree.resolve("empty folder"));
        at(tree, "2020-01-01T00:00:00.25Z");
    }

    /** As root, who alone may. One number is larger than the field that a tar has for it. */
    private void giveSomeAway() throws IOException {
        if (Files.getAttribute(tree, "unix:uid").equals(0)) {
            give(tree.resolve("text"), 1234, 2345);
            give(tree.resolve("empty"), 3_000_000, 3_000_001);
            give(tree.resolve("dangling"), 1234, 0);
            give(tree.resolve("d".repeat(90)), 0, 2345);
        }
    }

    private static void give(Path path, int uid, int gid) throws IOException {
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }

    private static void at(Path path, String time) throws IOException {
        FileTime moment = FileTime.from(Instant.parse(time));
        Files.getFileAttributeView(path, BasicFileAttributeView.class).setTimes(moment, moment, null);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aTreeComesOutAsItWas(Form form) throws IOException, NotABackup {
        Path file = folder.resolve("backup.tar");
        long octets;
        try (ArchiveWriter writer = ArchiveWriter.create(file, form.options(), warnings::add)) {
            octets = writer.part("share", part -> part.tree(tree, ".", TreeFilter.ALL));
            writer.part("small", part -> part.file("a/b", "ab".getBytes(StandardCharsets.UTF_8), 0600));
            writer.finish("{}".getBytes(StandardCharsets.UTF_8));
        }

        try (ArchiveReader reader = ArchiveReader.open(file)) {
            String suffix = form.isCompressed() ? ".tar.gz" : ".tar";
            List<TarMember> members = reader.members();
            assertEquals(
                    List.of("share" + suffix, "small" + suffix, "./backup.json"),
                    members.stream().map(TarMember::name).toList());
            assertEquals(octets, members.getFirst().size());
            assertEquals("{}", new String(reader.read(members.getLast(), 100), StandardCharsets.UTF_8));
            assertTrue(reader.opens("share", form.isCompressed(), form.password()));
            reader.verify("share", form.isCompressed(), form.password());
            Unpacked unpacked = reader.unpack("share", form.isCompressed(), form.password(), target, warnings::add);
            assertTrue(unpacked.areOwnersKept());
            Path small = Files.createDirectory(folder.resolve("small"));
            assertEquals(
                    new Unpacked(1, 2, true),
                    reader.unpack("small", form.isCompressed(), form.password(), small, warnings::add));
            assertEquals("ab", Files.readString(small.resolve("a/b")));
        }
        assertEquals(Listing.of(tree), Listing.of(target));
        assertEquals(List.of(), warnings);
        assertEquals(0, Files.size(file) % TarBlocks.RECORD);
    }
}
