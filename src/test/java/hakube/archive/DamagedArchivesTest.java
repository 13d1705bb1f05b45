package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever an archive holds: nothing outside the folder is touched, nothing that is not whole is taken for whole, and memory does not
 * matter. {@link DamagedArchivesSlowIT} tries ten times as many.
 */
class DamagedArchivesTest {

    private static final Optional<Password> PASSWORD = Password.of("p");
    private static final Limits LIMITS = new Limits(4 << 20, 1000);

    @TempDir
    private Path folder;

    private Path outside;
    private Path backup;
    private int number;

    /** How many tars are made by chance. */
    int generated() {
        return 60;
    }

    /** How many places of an archive are damaged. */
    int offsets() {
        return 100;
    }

    @BeforeEach
    void makeFolders() throws IOException {
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "of others");
        backup = folder.resolve("backup.tar");
    }

    @Test
    void nothingOutsideIsTouched() throws Exception {
        int accepted = 0;
        for (int seed = 0; seed < generated(); seed++) {
            byte[] tar = new HostileTar(seed, outside).bytes();
            boolean isCompressed = seed % 2 == 0;
            Files.write(backup, Parts.backup(isCompressed, isCompressed ? Parts.gzip(tar) : tar));
            Map<String, String> before = Listing.of(outside);
            Path target = folder.resolve("target");

            Optional<Exception> refused = Parts.unpack(backup, isCompressed, Optional.empty(), target, LIMITS);

            assertEquals(before, Listing.of(outside), "seed " + seed);
            assertEquals(List.of("backup.tar", "outside", "target"), List.of(namesIn(folder)), "seed " + seed);
            assertTrue(octetsIn(target) <= LIMITS.mostOctets(), "seed " + seed);
            assertEquals(List.of(), devicesIn(target), "seed " + seed);
            assertEquals(1, Found.of(outside.resolve("secret")).links(), "seed " + seed);
            refused.ifPresent(DamagedArchivesTest::requireGoodReason);
            accepted += refused.isEmpty() ? 1 : 0;
            remove(target);
        }
        assertTrue(accepted > 0 && accepted < generated() / 2, accepted + " of " + generated());
    }

    static List<HostileTar.Trick> refusedTricks() {
        return Stream.of(HostileTar.Trick.values())
                .filter(HostileTar.Trick::isRefused)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("refusedTricks")
    void whatCanOnlyMeanHarmIsRefusedInEachForm(HostileTar.Trick trick) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Files.write(backup, Parts.backup(false, new HostileTar(seed, outside).bytes(trick)));
            Path target = folder.resolve("target" + number++);

            Exception refused = Parts.unpack(backup, false, Optional.empty(), target, LIMITS)
                    .orElseThrow();

            assertInstanceOf(DamagedArchive.class, refused);
            requireGoodReason(refused);
        }
    }

    static List<RoundTripTest.Form> forms() {
        return RoundTripTest.forms();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatIsCutIsNotWhole(RoundTripTest.Form form) throws Exception {
        Map<String, String> original = write(form);
        byte[] part = Parts.partOf(backup);
        int count = countFor(form);
        for (int i = 0; i < count; i++) {
            int length = i < count / 2 ? (int) ((long) part.length * i / (count / 2)) : part.length - 1 - i + count / 2;
            requireRefusedOrEqual(form, original, Arrays.copyOf(part, length), "cut to " + length);
        }
    }

    /** Plain tars have no sum of their content, so theirs are left out but for the version of SecureTar that has one. */
    @ParameterizedTest
    @MethodSource("forms")
    void aBitThatTurnedIsNoticed(RoundTripTest.Form form) throws Exception {
        boolean hasSums = form.isCompressed()
                || form.protection().map(Protection::version).equals(Optional.of(Protection.Version.V3));
        Map<String, String> original = write(form);
        byte[] part = Parts.partOf(backup);
        Random random = new Random(1);
        for (int i = 0; hasSums && i < countFor(form); i++) {
            byte[] turned = part.clone();
            // Half of them where the headers are.
            int at = random.nextInt(i % 2 == 0 ? part.length : 200);
            turned[at] ^= (byte) (1 << random.nextInt(8));
            requireRefusedOrEqual(form, original, turned, "turned at " + at);
        }
    }

    @Test
    void aWholeBackupThatIsCutIsRefused() throws Exception {
        RoundTripTest.Form form = forms().get(1);
        Map<String, String> original = write(form);
        byte[] whole = Files.readAllBytes(backup);
        for (int i = 0; i < offsets(); i++) {
            Files.write(backup, Arrays.copyOf(whole, (int) ((long) whole.length * i / offsets())));
            requireRefusedOrEqual(form, original, "cut to " + i + "/" + offsets());
        }
    }

    /** Every extraction begins with a key that takes its time. */
    private int countFor(RoundTripTest.Form form) {
        boolean isSlow = form.protection().map(Protection::version).equals(Optional.of(Protection.Version.V3));
        return isSlow ? offsets() / 5 : offsets();
    }

    private Map<String, String> write(RoundTripTest.Form form) throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        byte[] noise = new byte[60_000];
        new Random(5).nextBytes(noise);
        Files.write(tree.resolve("noise"), noise);
        for (int i = 0; i < 10; i++) {
            Path some = Files.createDirectory(tree.resolve("folder " + i));
            Files.writeString(some.resolve("file"), "content ".repeat(i * 100));
            Files.createSymbolicLink(some.resolve("link"), Path.of("file"));
        }
        try (ArchiveWriter writer = ArchiveWriter.create(backup, form.options(), warning -> {})) {
            writer.part(Parts.NAME, part -> part.tree(tree, ".", TreeFilter.ALL));
            writer.finish("{}".getBytes(StandardCharsets.UTF_8));
        }
        Map<String, String> original = Listing.of(tree);
        remove(tree);
        return original;
    }

    private void requireRefusedOrEqual(RoundTripTest.Form form, Map<String, String> original, byte[] part, String what)
            throws Exception {
        Files.write(backup, Parts.backup(form.isCompressed(), part));
        requireRefusedOrEqual(form, original, what);
    }

    private void requireRefusedOrEqual(RoundTripTest.Form form, Map<String, String> original, String what)
            throws Exception {
        Path target = folder.resolve("target" + number++);
        Optional<Exception> refused = Parts.unpack(backup, form.isCompressed(), form.password(), target, Limits.NONE);
        if (refused.isEmpty()) {
            assertEquals(original, Listing.of(target), what);
        } else {
            requireGoodReason(refused.get());
        }
        remove(target);
    }

    private static void requireGoodReason(Exception refused) {
        String reason = refused.getMessage();
        assertTrue(refused instanceof NotABackup || refused instanceof IOException, reason);
        assertTrue(reason.length() > 10 && reason.codePoints().noneMatch(Character::isISOControl), reason);
    }

    @Test
    void whatIsLargerThanAllowedIsGivenUp() throws Exception {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        Parts.member(tar, Parts.entry("zeros", TarEntry.FILE, ""), new byte[64 << 20]);
        tar.writeBytes(new byte[TarBlocks.ending(tar.size())]);
        Files.write(backup, Parts.backup(true, Parts.gzip(tar.toByteArray())));
        Path target = folder.resolve("target");

        Exception refused =
                Parts.unpack(backup, true, Optional.empty(), target, LIMITS).orElseThrow();

        assertInstanceOf(TooLarge.class, refused);
        assertTrue(refused.getMessage().contains("it has more than 4194304 octets"), refused.getMessage());
        assertTrue(octetsIn(target) <= LIMITS.mostOctets());
    }

    @Test
    void whatHasMoreMembersThanAllowedIsGivenUp() throws Exception {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (int i = 0; i <= LIMITS.mostMembers(); i++) {
            Parts.member(tar, Parts.entry("d" + i, TarEntry.DIRECTORY, ""), new byte[0]);
        }
        tar.writeBytes(new byte[TarBlocks.ending(tar.size())]);
        Files.write(backup, Parts.backup(false, tar.toByteArray()));

        Exception refused = Parts.unpack(backup, false, Optional.empty(), folder.resolve("target"), LIMITS)
                .orElseThrow();

        assertInstanceOf(TooLarge.class, refused);
        assertTrue(refused.getMessage().contains("it has more than 1000 members"), refused.getMessage());
    }

    /** In a Java of its own, which has no more. */
    @Test
    void bombsNeedNoMemory() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx40m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Bombs.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        try {
            assertTrue(java.waitFor(5, TimeUnit.MINUTES));
            assertEquals("all of them went off\n", Files.readString(folder.resolve("said")));
        } finally {
            java.destroyForcibly();
        }
    }

    private static String[] namesIn(Path folder) {
        String[] names = folder.toFile().list();
        Arrays.sort(names);
        return names;
    }

    private static long octetsIn(Path target) throws IOException {
        long octets = 0;
        try (Stream<Path> tree = Files.walk(target)) {
            for (Path path : tree.toList()) {
                Found found = Found.of(path);
                octets += found.isFile() ? found.size() : 0;
            }
        }
        return octets;
    }

    /** And pipes, and whatever else is none of the three that a backup may bring. */
    private static List<String> devicesIn(Path target) throws IOException {
        List<String> devices = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(target)) {
            for (Path path : tree.toList()) {
                Found found = Found.of(path);
                if (!found.isFile() && !found.isDirectory() && !found.isLink()) {
                    devices.add(path + " is " + found.kind());
                }
            }
        }
        return devices;
    }

    private static void remove(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> content = Files.walk(tree)) {
                for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
