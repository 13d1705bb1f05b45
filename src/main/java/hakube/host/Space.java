package hakube.host;

/**
 * How much a file system holds.
 *
 * @param total bytes
 * @param used bytes in files
 * @param free bytes that can still be written; what is kept for the administrator is neither used nor free
 */
record Space(long total, long used, long free) {

    private static final double GIBIBYTE = 1L << 30;
    private static final double TENTHS = 10;

    /** In the unit that upstream calls GB, one decimal ({@code supervisor/hardware/disk.py}, 2026-08). */
    static double gigabytes(long bytes) {
        return Math.round(bytes / GIBIBYTE * TENTHS) / TENTHS;
    }
}
