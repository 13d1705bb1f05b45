package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither does a device get into a backup, nor is one made of what a backup has. */
class DevicesTest {

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private Path tree;
    private Path backup;
    private Path target;

    @BeforeEach
    void makeFolders() throws IOException {
        tree = Files.createDirectory(folder.resolve("tree"));
        target = Files.createDirectory(folder.resolve("target"));
        backup = folder.resolve("backup.tar");
    }

    /** {@code /dev/zero}, which has no end, and a disk that is not there. */
    @Test
    void theyAreLeftOutOfABackup() throws Exception {
        assumeTrue(makeNode("zero", "c", "1", "5"), "needs a process that may make devices");
        assumeTrue(makeNode("disk", "b", "240", "7"), "needs a process that may make devices");
        Files.writeString(tree.resolve("file"), "content");

        assertTimeoutPreemptively(Duration.ofSeconds(30), this::write);

        warnings.sort(null);
        assertEquals(
                List.of(tree + "/disk is a device and left out", tree + "/zero is a device and left out"), warnings);
        unpack();
        assertEquals(List.of("file"), namesInTarget());
    }

    /** Character device, block device and pipe; the folder around it and what follows come out. */
    @ParameterizedTest
    @ValueSource(chars = {'3', '4', '6'})
    void noneIsMadeOfABackup(char type) throws Exception {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        Parts.member(tar, Parts.entry("folder", TarEntry.DIRECTORY, ""), new byte[0]);
        Parts.member(tar, Parts.entry("folder/odd\none", type, ""), new byte[0]);
        Parts.member(tar, Parts.entry("folder/file", TarEntry.FILE, ""), "content".getBytes(StandardCharsets.UTF_8));
        tar.writeBytes(new byte[TarBlocks.ending(tar.size())]);
        Files.write(backup, Parts.backup(false, tar.toByteArray()));

        Unpacked unpacked = unpack();

        assertEquals(List.of("folder/odd\\u000aone is a device or a pipe and left out"), warnings);
        assertEquals(List.of("folder"), namesInTarget());
        assertEquals(List.of("file"), List.of(target.resolve("folder").toFile().list()));
        assertEquals("content", Files.readString(target.resolve("folder/file")));
        assertEquals(7, unpacked.octets());
    }

    private boolean makeNode(String name, String... kind) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("mknod", tree.resolve(name).toString()));
        command.addAll(List.of(kind));
        return new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private void write() throws IOException {
        ArchiveWriter.Options options = new ArchiveWriter.Options(false, Optional.empty(), 1);
        try (ArchiveWriter writer = ArchiveWriter.create(backup, options, warnings::add)) {
            writer.part(Parts.NAME, part -> part.tree(tree, ".", TreeFilter.ALL));
            writer.finish("{}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private Unpacked unpack() throws IOException, NotABackup {
        try (ArchiveReader reader = ArchiveReader.open(backup)) {
            return reader.unpack(Parts.NAME, false, Optional.empty(), target, warnings::add);
        }
    }

    private List<String> namesInTarget() {
        return List.of(target.toFile().list());
    }
}
