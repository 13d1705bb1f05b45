package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OuterTarTest {

    @TempDir
    private Path folder;

    static Stream<JsonObject> whole() {
        return ArchiveFixtures.all().stream().filter(file -> file.getBoolean("valid"));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void membersAreThoseThatUpstreamWrote(JsonObject file) throws IOException, NotABackup {
        List<String> expected = file.getJsonArray("outer").getValuesAs(JsonObject.class).stream()
                .map(member -> member.getString("name") + " " + member.getString("type") + " " + member.getInt("size"))
                .toList();

        assertEquals(
                expected,
                members(ArchiveFixtures.bytes(file.getString("file"))).stream()
                        .map(member -> member.name() + (member.isFile() ? " file " : " dir ") + member.size())
                        .toList());
    }

    @Test
    void namesAndSizesOfExtendedHeadersCount() throws IOException, NotABackup {
        String path = "long/".repeat(60) + "ä";
        int length = path.getBytes(StandardCharsets.UTF_8).length + "333 path=\n".length();
        byte[] tar = new TarBytes()
                .member("PaxHeaders/x", 'x', length + " path=" + path + "\n9 size=3\n")
                .header("short", '0', "0")
                .content(new byte[] {1, 2, 3})
                .member("././@LongLink", 'L', "gnu/".repeat(40) + "\0")
                .file("cut", "four")
                .member("pax_global_header", 'g', "19 comment=nothing\n")
                .file("last", "")
                .end();

        List<TarMember> members = members(tar);

        assertEquals(
                List.of(path, "gnu/".repeat(40), "last"),
                members.stream().map(TarMember::name).toList());
        assertEquals(List.of(3L, 4L, 0L), members.stream().map(TarMember::size).toList());
    }

    /** Its header says 64 GiB, and the file system says so as well: only headers may be read. */
    @Test
    void aHugeMemberIsSteppedOver() throws IOException, NotABackup {
        long size = 64L << 30;
        byte[] told = ByteBuffer.allocate(12).putInt(0x80000000).putLong(size).array();
        Path file = folder.resolve("huge.tar");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(
                    new TarBytes().header("media.tar.gz", '0', told).cut()));
            channel.write(ByteBuffer.wrap(TarBytes.backup("0123abcd")), TarHeader.BLOCK + size);
        }

        try (OuterTar tar = OuterTar.open(file)) {
            List<TarMember> members = tar.members();
            assertEquals(
                    List.of("media.tar.gz", "./backup.json"),
                    members.stream().map(TarMember::name).toList());
            assertEquals(size, members.getFirst().size());
            assertTrue(new String(tar.read(members.getLast(), 1000), StandardCharsets.UTF_8).contains("0123abcd"));
        }
    }

    @Test
    void linksAndDirectoriesHaveNoContentWhateverTheyClaim() throws IOException, NotABackup {
        List<TarMember> members = members(new TarBytes()
                .header("link", '2', "777")
                .header("old/", '\0', "777")
                .file("a", "b")
                .end());

        assertEquals(
                List.of("link", "old", "a"),
                members.stream().map(TarMember::name).toList());
        assertFalse(members.get(0).isFile());
        assertFalse(members.get(1).isFile());
        assertTrue(members.get(2).isFile());
    }

    /** Wherever: an old backup has its metadata first, and could have lost any number of parts. */
    @Test
    void anArchiveThatIsCutIsNoBackup() throws IOException, NotABackup {
        byte[] whole = ArchiveFixtures.bytes(ArchiveFixtures.FULL);
        TarMember last = members(whole).getLast();
        assertEquals("./backup.json", last.name());
        long end = last.offset() + last.size() + TarBlocks.padding(last.size());
        for (int length = 0; length < end + TarHeader.BLOCK; length += length < end ? 97 : 1) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(NotABackup.class, () -> members(cut), "" + length);
        }
        byte[] almost = Arrays.copyOf(whole, (int) end + TarHeader.BLOCK);
        assertEquals(members(whole), members(almost));
    }

    /** Nobody can say what it was, so the file is not whole. */
    @Test
    void aDamagedHeaderBehindTheMetadataHidesTheBackup() {
        byte[] garbage = new byte[TarHeader.BLOCK];
        Arrays.fill(garbage, (byte) 'x');
        assertReason(
                "damaged",
                new TarBytes()
                        .file("./backup.json", "{}")
                        .content(garbage)
                        .file("ssl.tar", "")
                        .end());
    }

    @Test
    void whatIsSaidOfAllMembersCounts() throws IOException, NotABackup {
        byte[] tar = new TarBytes()
                .member("pax_global_header", 'g', "12 path=all\n9 size=3\n")
                .header("a", '0', "0")
                .content(new byte[] {1, 2, 3})
                .member("PaxHeaders/b", 'x', "9 path=b\n8 size=\n")
                .file("cut", "four")
                .header("c", '0', "0")
                .content(new byte[] {1, 2, 3})
                .end();

        List<TarMember> members = members(tar);

        assertEquals(
                List.of("all", "b", "all"),
                members.stream().map(TarMember::name).toList());
        assertEquals(List.of(3L, 4L, 3L), members.stream().map(TarMember::size).toList());
    }

    @Test
    void filesWithoutTheirHolesAreRefused() {
        assertReason("without its holes", new TarBytes().member("a", 'S', "x").end());
        assertReason(
                "without its holes",
                new TarBytes()
                        .member("x", 'x', "22 GNU.sparse.major=1\n")
                        .file("a", "b")
                        .end());
    }

    /** Nobody ever writes into it: an opening that waits for that would wait for ever. */
    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe.tar");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThrows(NotABackup.class, () -> OuterTar.open(pipe)));
    }

    @Test
    void whatIsNoTarIsRefusedWithItsReason() {
        assertReason("too short", new byte[0]);
        assertReason("too short", new byte[100]);
        assertReason("no tar", ArchiveFixtures.bytes("bad-not-a-tar.tar"));
        assertReason(
                "middle of a member",
                new TarBytes().header("a", '0', "7777777777").end());
        assertReason(
                "extended header",
                new TarBytes().member("x", 'x', "99 path=a\n").file("a", "b").end());
        assertReason(
                "extended header",
                new TarBytes().member("x", 'x', "2 \n").file("a", "b").end());
        assertReason(
                "extended header",
                new TarBytes().member("x", 'x', "nothing").file("a", "b").end());
        assertReason(
                "should be small",
                new TarBytes()
                        .member("x", 'x', "y".repeat(OuterTar.LARGEST_HEADER + 1))
                        .end());
        assertReason(
                "impossible number", new TarBytes().header("a", '0', "ÿÿÿÿÿÿ").end());
    }

    @Test
    void oneOfEndlessHeadersIsGivenUp() {
        TarBytes tar = new TarBytes();
        for (int i = 0; i <= OuterTar.MOST_HEADERS; i++) {
            tar.member("g", 'g', "");
        }
        assertReason("more than " + OuterTar.MOST_HEADERS, tar.end());
    }

    /** Each of them is allowed, and so is their number; together they would take all memory there is. */
    @Test
    void oneOfEndlessNamesIsGivenUp() throws IOException, NotABackup {
        String longest = "n".repeat(OuterTar.LARGEST_HEADER);
        int allowed = OuterTar.MOST_NAMES / longest.length();
        TarBytes tar = new TarBytes();
        for (int i = 0; i < allowed; i++) {
            tar.member("long", 'L', longest).file("cut", "");
        }
        assertEquals(allowed, members(tar.end()).size());

        assertReason(
                "names in it have more than " + OuterTar.MOST_NAMES,
                tar.file("x", "").end());
    }

    @Test
    void aBitThatTurnedInAHeaderIsNoticed() throws IOException {
        byte[] tar = new TarBytes()
                .file("ssl.tar.gz", "x")
                .file("./backup.json", "{}")
                .end();
        tar[2 * TarHeader.BLOCK + 3] ^= 1;
        assertReason("damaged", tar);
    }

    private List<TarMember> members(byte[] bytes) throws IOException, NotABackup {
        Path file = Files.write(folder.resolve("some.tar"), bytes);
        try (OuterTar tar = OuterTar.open(file)) {
            return tar.members();
        }
    }

    private void assertReason(String part, byte[] bytes) {
        String reason = assertThrows(NotABackup.class, () -> members(bytes)).getMessage();
        assertTrue(reason.contains(part), reason);
    }
}
