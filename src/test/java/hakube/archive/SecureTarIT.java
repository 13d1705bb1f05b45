package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Upstream's own library reads every form that is written here, and what it writes is read here. */
class SecureTarIT {

    private static final String PASSWORD = "pässwörd ✓";

    @TempDir
    private Path folder;

    private SecureTar securetar;
    private Path tree;
    private Path backup;

    /** @param version of SecureTar, 0 for none */
    record Form(boolean isCompressed, int version) {

        String part() {
            return isCompressed ? "share.tar.gz" : "share.tar";
        }

        String password() {
            return version == 0 ? "" : PASSWORD;
        }

        ArchiveWriter.Options options() {
            Optional<Password> password = Password.of(password());
            return new ArchiveWriter.Options(
                    isCompressed, version == 2 ? password.map(Protection::v2) : password.map(Protection::v3), 2);
        }
    }

    static List<Form> forms() {
        return List.of(
                new Form(true, 0),
                new Form(false, 0),
                new Form(true, 2),
                new Form(false, 2),
                new Form(true, 3),
                new Form(false, 3));
    }

    @BeforeEach
    void furnish() throws Exception {
        securetar = SecureTar.saying(folder.resolve("said"));
        backup = folder.resolve("backup.tar");
        tree = Files.createDirectory(folder.resolve("tree"));
        byte[] noise = new byte[3 * 1024 * 1024 + 5];
        new Random(9).nextBytes(noise);
        Arrays.fill(noise, 1_000_000, 2_000_000, (byte) 'x');
        Files.write(tree.resolve("noise"), noise);
        Path deep = Files.createDirectories(tree.resolve("d".repeat(90)).resolve("e".repeat(90) + "/Füße"));
        Files.writeString(deep.resolve("日本語 ✓.txt"), "text");
        Files.writeString(deep.resolve(new RawName("no \u00ff\u00fe UTF-8").path()), "text");
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("../outside/" + "x".repeat(120)));
        Files.createLink(tree.resolve("again"), tree.resolve("noise"));
        Files.createDirectory(tree.resolve("empty"));
        Files.setPosixFilePermissions(tree.resolve("empty"), PosixFilePermissions.fromString("rwx------"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void upstreamReadsWhatIsWrittenHere(Form form) throws Exception {
        try (ArchiveWriter writer = ArchiveWriter.create(backup, form.options(), warning -> {})) {
            writer.part("share", part -> part.tree(tree, ".", TreeFilter.ALL));
            writer.part("other", part -> part.file("x", new byte[] {1}, 0600));
            writer.finish("{}".getBytes(StandardCharsets.UTF_8));
        }
        Path target = Files.createDirectory(folder.resolve("target"));

        securetar.read(backup, form.part(), form.password(), target);
        Path other = Files.createDirectory(folder.resolve("other"));
        securetar.read(backup, form.part().replace("share", "other"), form.password(), other);

        assertEquals(withoutTimes(tree), withoutTimes(target));
        assertTrue(Files.isRegularFile(other.resolve("x")));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatUpstreamWritesIsReadHere(Form form) throws Exception {
        securetar.write(backup, form.part(), form.password(), tree, form.version() == 0 ? 3 : form.version());
        Path target = Files.createDirectory(folder.resolve("target"));

        try (ArchiveReader reader = ArchiveReader.open(backup)) {
            Optional<Password> password = Password.of(form.password());
            assertTrue(reader.opens("share", form.isCompressed(), password));
            reader.verify("share", form.isCompressed(), password);
            reader.unpack("share", form.isCompressed(), password, target, warning -> {});
        }

        assertEquals(withoutTimes(tree), withoutTimes(target));
    }

    /** Python's times are floats and lose their last digits; RoundTripTest compares them all. */
    private static Map<String, String> withoutTimes(Path root) throws Exception {
        Map<String, String> lines = new TreeMap<>(Listing.of(root));
        lines.replaceAll((name, line) -> line.replaceFirst("\\.\\d+Z", "Z"));
        return lines;
    }
}
