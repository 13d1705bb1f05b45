package hakube.backups;

import hakube.api.ApiFailure;
import hakube.archive.TarMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether what comes out of a backup fits beside what there is, as far as the file system tells (some tell of the pool behind it, so
 * that a disk can be full all the same).
 */
final class Room {

    /** Octets that whoever else writes to the claim keeps. */
    private static final long RESERVE = 64L << 20;

    /** Of a small file system, the reserve is that part. */
    private static final int SHARE = 20;

    private static final double MEGABYTE = 1 << 20;

    /** Asks the file system. */
    interface Gauge {
        /** @return octets that can still be written, and octets that there are in all */
        long[] read() throws IOException;
    }

    private final Gauge gauge;

    Room(Path folder) {
        this(() -> {
            var store = Files.getFileStore(folder);
            return new long[] {store.getUsableSpace(), store.getTotalSpace()};
        });
    }

    Room(Gauge gauge) {
        this.gauge = gauge;
    }

    /** Octets that may still be unpacked. */
    long left() throws IOException {
        long[] read = gauge.read();
        return Math.max(0, read[0] - Math.min(RESERVE, read[1] / SHARE));
    }

    /** @throws ApiFailure.BadRequest what is known of the sizes of the parts is more than there is room */
    void require(RestorePlan plan, List<TarMember> members) throws IOException {
        long needed = needed(plan, members);
        long left = left();
        if (needed > left) {
            throw new ApiFailure.BadRequest("Not enough free space to restore backup "
                    + plan.backup().slug() + ": it takes " + megabytes(needed) + " MB beside what there is, and "
                    + megabytes(left) + " MB are free on the shared claim. Nothing was changed");
        }
    }

    /** At least what the parts take in the archive; what the writer says of their size where that is more. */
    static long needed(RestorePlan plan, List<TarMember> members) {
        String ending = plan.metadata().isCompressed() ? ".tar.gz" : ".tar";
        Map<String, Long> stored = new HashMap<>();
        members.forEach(member -> stored.put(member.name().replaceFirst("^\\./", ""), member.size()));
        long sum = 0;
        if (plan.core()) {
            double told = plan.metadata().core().orElseThrow().size();
            sum += larger(stored.get(RestoreChecks.CORE + ending), told);
        }
        for (BackupMetadata.AppPart app : plan.metadata().apps()) {
            if (plan.apps().contains(app.slug())) {
                sum += larger(stored.get(app.slug() + ending), app.size());
            }
        }
        for (String folder : plan.folders()) {
            sum += larger(stored.get(RestorePlan.partOf(folder) + ending), 0);
        }
        return sum;
    }

    private static long larger(Long stored, double megabytes) {
        return Math.max(stored == null ? 0 : stored, (long) (megabytes * MEGABYTE));
    }

    private static long megabytes(long octets) {
        return Math.ceilDiv(octets, 1L << 20);
    }
}
