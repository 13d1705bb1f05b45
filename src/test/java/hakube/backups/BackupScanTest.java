package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.archive.ForLog;
import hakube.archive.TarBytes;
import hakube.storage.Folders;
import hakube.testing.Logged;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupScanTest {

    @TempDir
    private Path share;

    private Path local;
    private Path cloud;

    @BeforeEach
    void makeFolders() throws IOException {
        local = Files.createDirectories(share.resolve("backup"));
        cloud = Files.createDirectories(share.resolve("core/backup"));
    }

    /** What is wrong inside of a part shows when it is restored, not before: upstream lists such a backup as well. */
    @Test
    void everyArchiveOfUpstreamIsListedUnlessItsMetadataIsDamaged() throws IOException {
        assertEquals(26, Fixtures.all().size());
        for (JsonObject file : Fixtures.all()) {
            Path archive = local.resolve(file.getString("file"));
            Fixtures.copy(file.getString("file"), archive);
            boolean isListed =
                    file.getBoolean("valid") || !file.getString("error").equals("not_loadable");

            Map<String, Backup> found = scan();

            assertEquals(isListed ? 1 : 0, found.size(), archive.toString());
            if (file.getBoolean("valid")) {
                Backup backup = found.get(file.getJsonObject("metadata").getString("slug"));
                assertEquals(file.getInt("size"), backup.file().size());
                assertEquals(
                        file.get("securetar").getValueType() != JsonValue.ValueType.NULL,
                        backup.file().isProtected());
            }
            Files.delete(archive);
        }
    }

    @Test
    void metadataIsThatOfTheArchive() throws IOException {
        Fixtures.copy(Fixtures.FULL, local.resolve("named by a user.tar"));

        BackupMetadata metadata = scan().get("e8c0675c").metadata();

        assertEquals("Nightly full", metadata.name());
        assertEquals("2026-08-13T02:56:14.977979+00:00", metadata.date());
        assertEquals(BackupType.FULL, metadata.type());
        assertEquals("2025.12.3", metadata.core().orElseThrow().version());
        assertEquals(List.of("share", "addons/local", "ssl", "media"), metadata.folders());
        assertEquals(
                List.of("a0d7b954_echo", "local_counter"),
                metadata.apps().stream().map(BackupMetadata.AppPart::slug).toList());
    }

    @Test
    void whatIsNoPlainFileOfTheFolderItselfIsLeftAlone() throws Exception {
        Fixtures.copy(Fixtures.FULL, share.resolve("elsewhere"));
        Files.createSymbolicLink(local.resolve("link.tar"), share.resolve("elsewhere"));
        Files.createDirectory(local.resolve("folder.tar"));
        Fixtures.copy(Fixtures.FULL, local.resolve("deeper/some.tar"));
        Fixtures.copy(Fixtures.FULL, local.resolve("some.tar.part"));
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", local.resolve("pipe.tar").toString())
                        .start()
                        .waitFor());

        assertEquals(Map.of(), scan());
    }

    @Test
    void foldersThatAreNotThereHoldNothing() throws IOException {
        Files.delete(local);
        Files.delete(cloud);

        assertEquals(Map.of(), scan());
    }

    @Test
    void oneBackupAtTwoPlacesIsOne() throws IOException {
        Files.write(local.resolve("a.tar"), TarBytes.backup("0123abcd"));
        Files.write(cloud.resolve("b.tar"), TarBytes.backup("0123abcd"));

        Map<String, Backup> found = scan();

        assertEquals(Set.of("0123abcd"), found.keySet());
        Backup backup = found.get("0123abcd");
        assertEquals(
                Set.of(BackupLocation.LOCAL, BackupLocation.CLOUD),
                backup.files().keySet());
        assertEquals(List.of(BackupLocation.LOCAL), backup.locations());
        assertFalse(backup.isHidden());
    }

    @Test
    void whatContradictsABackupThatIsKnownIsPassedOver() throws IOException {
        Files.write(local.resolve("a.tar"), TarBytes.backup("0123abcd"));
        Files.write(local.resolve("b.tar"), TarBytes.backup("0123abcd"));
        Files.write(
                cloud.resolve("c.tar"),
                new TarBytes()
                        .file(
                                "./backup.json",
                                TarBytes.METADATA.formatted("0123abcd").replace("full", "partial"))
                        .end());

        Backup backup = scan().get("0123abcd");

        assertEquals(Set.of(BackupLocation.LOCAL), backup.files().keySet());
        assertEquals(local.resolve("a.tar"), backup.file().path());
    }

    @Test
    void theOldNameOfTheMetadataWinsAndTheLastOfItsKind() throws IOException {
        Files.write(
                local.resolve("a.tar"),
                new TarBytes()
                        .file("./snapshot.json", TarBytes.METADATA.formatted("first"))
                        .file("./snapshot.json", TarBytes.METADATA.formatted("second"))
                        .file("./backup.json", TarBytes.METADATA.formatted("third"))
                        .end());

        assertEquals(Set.of("second"), scan().keySet());
    }

    @Test
    void metadataThatWouldFillTheMemoryIsNotRead() throws IOException {
        String oversized = TarBytes.METADATA.formatted("x".repeat(Told.LARGEST_METADATA));
        Files.write(
                local.resolve("a.tar"),
                new TarBytes().file("./backup.json", oversized).end());
        Files.write(
                local.resolve("b.tar"),
                new TarBytes().member("./backup.json", '2', "").end());

        assertEquals(Map.of(), scan());
    }

    /** A text of four characters takes fifteen times as much. */
    @Test
    void metadataOfTooManySmallPiecesIsNotKept() throws IOException {
        String repositories = IntStream.range(0, 20_000)
                .mapToObj(number -> "\"" + number + "\"")
                .collect(Collectors.joining(",", ", \"repositories\": [", "]}"));
        String metadata = TarBytes.METADATA.formatted("0123abcd").replace("}", repositories);
        assertTrue(metadata.length() < Told.LARGEST_METADATA / 4, "" + metadata.length());
        Files.write(
                local.resolve("a.tar"),
                new TarBytes().file("./backup.json", metadata).end());

        assertEquals(Map.of(), scan());
    }

    @Test
    void allOfThemTogetherDoNotFillTheMemoryEither() throws IOException {
        Files.write(local.resolve("a.tar"), TarBytes.backup("first"));
        Files.write(local.resolve("b.tar"), TarBytes.backup("other"));
        int ofOne = scan().get("first").metadata().weight();

        assertEquals(
                Set.of("first"),
                new BackupScan(new Folders(share), MetadataReader::read, 2 * ofOne - 1)
                        .run()
                        .keySet());
        assertEquals(
                Set.of("first", "other"),
                new BackupScan(new Folders(share), MetadataReader::read, 2 * ofOne)
                        .run()
                        .keySet());
    }

    @Test
    void anArchiveThatCannotBeReadForAnyReasonHidesNoOther() throws IOException {
        Files.write(local.resolve("a.tar"), TarBytes.backup("first"));
        Files.write(local.resolve("b.tar"), TarBytes.backup("other"));
        Told.Reading reading = text -> {
            if (text.contains("first")) {
                throw new IllegalStateException("nobody foresaw this");
            }
            return MetadataReader.read(text);
        };

        try (Logged log = Logged.by(BackupScan.class)) {
            assertEquals(
                    Set.of("other"),
                    new BackupScan(new Folders(share), reading, Integer.MAX_VALUE)
                            .run()
                            .keySet());
            assertEquals(
                    local.resolve("a.tar") + " is not listed as a backup: reading it failed:"
                            + " java.lang.IllegalStateException: nobody foresaw this",
                    log.lines().getFirst());
        }
    }

    @Test
    void whatAnArchiveSaysCannotPoseAsLinesOfTheLog() throws IOException {
        String slug = "a\\n2026-01-01 ERROR\\u001b[2J" + "b".repeat(10_000);
        Files.write(local.resolve("a.tar"), TarBytes.backup(slug));
        Files.write(local.resolve("b\n.tar"), TarBytes.backup(slug));

        try (Logged log = Logged.by(BackupScan.class)) {
            scan();
            String line = log.lines().getFirst();
            assertTrue(line.startsWith(local + "/b\\u000a.tar is not listed as a backup: backup a\\u000a2026"), line);
            assertTrue(line.contains("ERROR\\u001b[2Jbbb") && line.length() < 3 * ForLog.LONGEST, line);
        }
    }

    @Test
    void whatHasNotChangedIsNotReadAgain() throws IOException {
        Path changed = Files.write(local.resolve("a.tar"), TarBytes.backup("first"));
        Files.write(local.resolve("b.tar"), TarBytes.backup("other"));
        int[] read = {0};
        BackupScan scan = new BackupScan(
                new Folders(share),
                text -> {
                    read[0]++;
                    return MetadataReader.read(text);
                },
                Integer.MAX_VALUE);
        scan.run();
        assertEquals(2, read[0]);

        Files.write(changed, TarBytes.backup("third"));
        Files.setLastModifiedTime(changed, FileTime.fromMillis(1));

        assertEquals(Set.of("third", "other"), scan.run().keySet());
        assertEquals(3, read[0]);
    }

    @Test
    void aFolderFullOfOtherFilesDoesNotFillTheLog() throws IOException {
        for (int i = 0; i < BackupScan.MOST_LINES + 7; i++) {
            Files.createFile(local.resolve(i + ".tar"));
        }
        try (Logged log = Logged.by(BackupScan.class)) {
            scan();

            List<String> told = log.lines().stream()
                    .filter(line -> line.contains("not listed as"))
                    .toList();
            assertEquals(BackupScan.MOST_LINES + 1, told.size());
            assertEquals("7 more files are not listed as backups", told.getLast());
        }
    }

    @Test
    void aFolderThatIsALinkIsToldAndNotFollowed() throws IOException {
        Files.delete(local);
        Path elsewhere = Files.createDirectory(share.resolve("elsewhere"));
        Files.write(elsewhere.resolve("a.tar"), TarBytes.backup("first"));
        Files.createSymbolicLink(local, elsewhere);
        try (Logged log = Logged.by(BackupScan.class)) {
            assertEquals(Map.of(), scan());
            assertEquals(
                    local + " is a link: what it leads to is not read, and no backup there is listed",
                    log.lines().getFirst());
        }
    }

    private Map<String, Backup> scan() {
        return new BackupScan(new Folders(share)).run();
    }
}
