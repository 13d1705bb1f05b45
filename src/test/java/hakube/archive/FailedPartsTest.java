package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import hakube.testing.LiveThreads;
import hakube.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A part that fails, in the middle of its reading or of its writing, leaves a file that takes further parts. */
class FailedPartsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int SMALL_MIB = 8;

    /** So many pieces are far more than what is under way at once, and than what fits on a small disk. */
    private static final int PIECES = 20;

    private final byte[] piece = new byte[3 * 1024 * 1024 + 17];

    @TempDir
    private Path folder;

    private Path file;

    static List<RoundTripTest.Form> forms() {
        return RoundTripTest.forms();
    }

    static boolean mayMount() {
        return SmallDisk.isAllowed();
    }

    @BeforeEach
    void makeContent() {
        new Random(7).nextBytes(piece);
        file = folder.resolve("backup.tar");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aPartWhoseContentFailsIsTakenBack(RoundTripTest.Form form) throws Exception {
        try (ArchiveWriter writer = create(form)) {
            writer.part("first", this::once);
            long size = Files.size(file);
            IOException failure = assertThrows(
                    IOException.class,
                    () -> writer.part("bad", part -> {
                        once(part);
                        throw new IOException("the pod is gone");
                    }));
            assertEquals("the pod is gone", failure.getMessage());
            assertTakenBack(size);
            writer.part("second", this::once);
            writer.finish(new byte[] {'{', '}'});
        }
        assertWhole(form);
    }

    @ParameterizedTest
    @MethodSource("forms")
    @EnabledIf("mayMount")
    void aPartThatTheDiskHasNoRoomForIsTakenBack(RoundTripTest.Form form) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder, SMALL_MIB)) {
            try (ArchiveWriter writer = create(form)) {
                writer.part("first", this::once);
                long size = Files.size(file);
                IOException failure = assertThrows(
                        IOException.class,
                        () -> assertTimeoutPreemptively(LIMIT, () -> writer.part("bad", this::often)));
                assertEquals("No space left on device", failure.getMessage());
                assertTakenBack(size);
                disk.resize(2 * SMALL_MIB);
                writer.part("second", this::once);
                writer.finish(new byte[] {'{', '}'});
            }
            assertWhole(form);
        }
    }

    private ArchiveWriter create(RoundTripTest.Form form) throws IOException {
        return ArchiveWriter.create(file, form.options(), warning -> {});
    }

    private void once(PartWriter part) throws IOException {
        part.file("a", piece, 0600);
    }

    private void often(PartWriter part) throws IOException {
        for (int i = 0; i < PIECES; i++) {
            part.file("b" + i, piece, 0600);
        }
    }

    /** Nobody is left who could write behind the cut. */
    private void assertTakenBack(long size) throws IOException {
        assertEquals(List.of(), LiveThreads.named("backup-writer"));
        assertEquals(size, Files.size(file));
    }

    private void assertWhole(RoundTripTest.Form form) throws IOException, NotABackup {
        String suffix = form.isCompressed() ? ".tar.gz" : ".tar";
        try (ArchiveReader reader = ArchiveReader.open(file)) {
            assertEquals(
                    List.of("first" + suffix, "second" + suffix, "./backup.json"),
                    reader.members().stream().map(TarMember::name).toList());
            reader.verify("first", form.isCompressed(), form.password());
            reader.verify("second", form.isCompressed(), form.password());
        }
        assertEquals(List.of(), LiveThreads.named("backup-"));
    }
}
