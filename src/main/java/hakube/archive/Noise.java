package hakube.archive;

/** Whether octets look as if chance had made them, which is how what is compressed or encrypted looks. */
final class Noise {

    /** Every so many octets one is looked at. */
    private static final int STEP = 8;

    /** Fewer tell nothing. */
    private static final int LEAST = 4096;

    private static final int VALUES = 256;

    /**
     * For even chances the sum of the squares of all counts is (n² / 256 + n) on average; texts and programs have several times as
     * much, pictures and films hardly more.
     */
    private static final double MOST = 1.3;

    private Noise() {}

    static boolean looksLike(byte[] octets, int length) {
        int looked = length / STEP;
        if (looked < LEAST) {
            return false;
        }
        int[] counts = new int[VALUES];
        for (int i = 0; i < looked; i++) {
            counts[octets[i * STEP] & 0xff]++;
        }
        double squares = 0;
        for (int count : counts) {
            squares += (double) count * count;
        }
        double even = (double) looked * looked / VALUES + looked;
        return squares < MOST * even;
    }
}
