package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.archive.SecureTar;
import hakube.storage.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Making a backup of {@code -Dhakube.bench.mib}, 2048 by default, of mixed data, and unpacking it, against what anybody would do it with
 * by hand, and against upstream's library: in turns, and with the check of what was written included. Also how far the heap grows.
 *
 * <p>All lies in memory where there is room, since it is programs that are compared: a disk lets them wait for the same time.
 * {@code -Dhakube.bench.folder} is another place.
 */
class ArchiveSlowIT {

    private static final int MIB = Integer.getInteger("hakube.bench.mib", 2048);
    private static final int ROUNDS = Integer.getInteger("hakube.bench.rounds", 3);
    private static final double HEAP_MIB = 64;
    private static final double HEAP_NOISE_MIB = 8;
    private static final List<Integer> HEAP_SIZES_MIB = List.of(256, 1024);

    /** Of a backup, as a share of what others make of the same tree with the same level of gzip. */
    private static final double LARGEST = 1.02;

    /** Upstream's library takes minutes to encrypt more. */
    private static final int ENCRYPTED_MIB = Math.min(MIB, 256);

    private static final int PARTS = 64;
    private static final int PART_OCTETS = 4 << 20;

    /** Of two. */
    private static final double BUSY = 1.5;

    private static final Path MEMORY = Path.of("/dev/shm");

    private Path folder;

    private Path tree;
    private Path ours;
    private Path theirs;
    private Path target;

    /** One of two sides; takes some seconds. */
    private interface Side {
        double seconds() throws Exception;
    }

    @BeforeEach
    void findPlace() throws IOException {
        folder = Files.createTempDirectory(place(), "archive");
        tree = folder.resolve("tree");
        ours = folder.resolve("ours.tar");
        theirs = folder.resolve("theirs.tar");
        target = folder.resolve("target");
    }

    private static Path place() throws IOException {
        String wanted = System.getProperty("hakube.bench.folder");
        boolean hasRoom =
                Files.isDirectory(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > 4L * MIB << 20;
        return wanted == null ? hasRoom ? MEMORY : Path.of(System.getProperty("java.io.tmpdir")) : Path.of(wanted);
    }

    private void makeData(int mib) throws IOException {
        MixedData.make(tree, (long) mib << 20);
        Figures.tell("archive in " + folder.getParent() + ", " + mib + " MiB in " + count(tree) + " files and folders, "
                + Figures.load());
    }

    @AfterEach
    void leave() throws IOException {
        Trees.delete(folder);
    }

    @Test
    void oneThreadCompressesAsGzipDoes() throws Exception {
        makeData(MIB);
        String shell = "tar cf - -C '%s' . | gzip -6 > '%s'".formatted(tree, theirs);
        try (Archiving archiving = Archiving.start(List.of("taskset", "-c", "0"))) {
            double share = share(
                    "tar | gzip, both on one processor",
                    () -> command("taskset", "-c", "0", "sh", "-c", shell),
                    () -> archiving.write(tree, ours, Archiving.PLAIN, 1));
            requireAsSmall("gzip");
            assertTrue(share >= 0.95);
        }
    }

    @Test
    void twoThreadsCompressAsPigzDoes() throws Exception {
        makeData(MIB);
        assertEquals(
                0,
                new ProcessBuilder("sh", "-c", "command -v pigz").start().waitFor(),
                "pigz has to be installed: without it there is nothing to compare with");
        String shell = "tar cf - -C '%s' . | pigz -p2 > '%s'".formatted(tree, theirs);
        try (Archiving archiving = Archiving.start(List.of())) {
            double share = share(
                    "tar | pigz -p2",
                    () -> command("sh", "-c", shell),
                    () -> archiving.write(tree, ours, Archiving.PLAIN, 2));
            requireAsSmall("pigz");
            assertTrue(share >= 0.9);
        }
    }

    @Test
    void unpackingTakesNoLongerThanTar() throws Exception {
        makeData(MIB);
        command("sh", "-c", "tar cf - -C '%s' . | gzip -6 > '%s'".formatted(tree, theirs));
        try (Archiving archiving = Archiving.start(List.of())) {
            archiving.write(tree, ours, Archiving.PLAIN, 2);
            double share = share(
                    "tar xzf",
                    () -> {
                        Files.createDirectory(target);
                        return command("tar", "xzf", theirs.toString(), "-C", target.toString());
                    },
                    () -> archiving.unpack(ours, target, Archiving.PLAIN));
            assertTrue(share >= 0.9);
        }
    }

    /** With compression, for which upstream's level is 9. */
    @Test
    void encryptionIsTwiceAsFastAsUpstreams() throws Exception {
        compareWithUpstream(Archiving.ENCRYPTED, "share.tar.gz", "compressed");
    }

    @Test
    void encryptionAloneIsTwiceAsFastAsUpstreams() throws Exception {
        compareWithUpstream(Archiving.RAW, "share.tar", "not compressed");
    }

    private void compareWithUpstream(String form, String part, String told) throws Exception {
        makeData(ENCRYPTED_MIB);
        SecureTar securetar = SecureTar.saying(folder.resolve("said"));
        try (Archiving archiving = Archiving.start(List.of())) {
            double writing = share(
                    "securetar version 3, " + told + ", writing",
                    () -> timed(() -> securetar.write(theirs, part, Archiving.PASSWORD, tree, 3)),
                    () -> archiving.write(tree, ours, form, 2));
            double reading = share(
                    "securetar version 3, " + told + ", reading",
                    () -> timed(() -> {
                        Files.createDirectory(target);
                        securetar.read(theirs, part, Archiving.PASSWORD, target);
                    }),
                    () -> archiving.unpack(ours, target, form));
            assertTrue(writing >= 2);
            assertTrue(reading >= 2);
        }
    }

    /** Each is done before the next one begins, and still no core waits. */
    @Test
    void manySmallPartsAreTheWorkOfAllCores() throws Exception {
        for (int part = 0; part < PARTS; part++) {
            MixedData.make(tree.resolve("part-" + part), PART_OCTETS);
        }
        try (Archiving archiving = Archiving.start(List.of())) {
            requireBusyCores(archiving, Archiving.PLAIN);
            requireBusyCores(archiving, Archiving.ENCRYPTED);
            requireBusyCores(archiving, Archiving.RAW);
        }
    }

    private void requireBusyCores(Archiving archiving, String form) throws IOException {
        archiving.writeParts(tree, ours, form, 2);
        double before = Wrk.cpuSeconds(archiving.pid());
        double seconds = archiving.writeParts(tree, ours, form, 2);
        double cores = (Wrk.cpuSeconds(archiving.pid()) - before) / seconds;
        Figures.tell(
                String.format(Locale.ROOT, "%d parts, %-27s %.1f s, %.2f cores at work", PARTS, form, seconds, cores));
        assertTrue(cores >= BUSY, form + ": " + cores);
    }

    /** Nor does it grow further where there is four times as much. */
    @Test
    void theHeapHardlyGrows() throws Exception {
        Map<String, Double> growths = new HashMap<>();
        for (int mib : HEAP_SIZES_MIB) {
            Trees.delete(tree);
            makeData(mib);
            for (String form : List.of(Archiving.ENCRYPTED, Archiving.RAW)) {
                double growth = growth(mib, form);
                assertTrue(growth <= HEAP_MIB);
                assertTrue(growth <= growths.getOrDefault(form, growth) + HEAP_NOISE_MIB);
                growths.put(form, growth);
            }
        }
    }

    private double growth(int mib, String form) throws IOException {
        Trees.delete(target);
        try (Archiving archiving = Archiving.start(List.of())) {
            archiving.write(tree, ours, form, 2);
            double writing = archiving.heapMib();
            archiving.unpack(ours, target, form);
            double unpacking = archiving.heapMib();
            Figures.tell(String.format(
                    Locale.ROOT,
                    "%-40s writing %.0f MiB, unpacking %.0f MiB",
                    "growth of the heap, " + mib + " MiB, " + form,
                    writing,
                    unpacking));
            return Math.max(writing, unpacking);
        }
    }

    /** Less compression would be faster, too. Ours has the outer tar and the metadata beside the same content. */
    private void requireAsSmall(String other) throws IOException {
        double size = (double) Files.size(ours) / Files.size(theirs);
        Figures.tell(String.format(
                Locale.ROOT,
                "%-40s %d MiB, %s %d MiB, share %.3f",
                "size",
                Files.size(ours) >> 20,
                other,
                Files.size(theirs) >> 20,
                size));
        assertTrue(size <= LARGEST, "share " + size);
    }

    private double share(String what, Side other, Side own) throws Exception {
        List<Double> others = new ArrayList<>();
        List<Double> owns = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            others.add(clean(other));
            owns.add(clean(own));
        }
        double their =
                Figures.median(others.stream().mapToDouble(Double::doubleValue).toArray());
        double our =
                Figures.median(owns.stream().mapToDouble(Double::doubleValue).toArray());
        Figures.tell(String.format(
                Locale.ROOT, "%-40s %.1f s, we %.1f s, share %.2f; %s", what, their, our, their / our, Figures.load()));
        return their / our;
    }

    /** Nothing that an earlier one left to the disk counts. */
    private double clean(Side side) throws Exception {
        Trees.delete(target);
        command("sync");
        return side.seconds();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double timed(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return Figures.millisSince(start) / 1000;
    }

    private static double command(String... command) throws Exception {
        return timed(() -> {
            Process process = new ProcessBuilder(command).inheritIO().start();
            assertTrue(process.waitFor(1, TimeUnit.HOURS));
            assertEquals(0, process.exitValue());
        });
    }

    private static long count(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            return all.count();
        }
    }
}
