package hakube.archive;

import java.util.concurrent.Future;

/** A piece of a part on its way into the file, with what is made of it; used again and again. */
final class Block {

    /** Of what goes in, in octets. */
    static final int SIZE = 128 * 1024;

    /** How far deflate looks back, in octets. */
    static final int WINDOW = 32 * 1024;

    final byte[] content = new byte[SIZE];
    int length;
    boolean isLast;

    /** What came before it, for deflate. */
    byte[] before = new byte[0];

    int beforeLength;

    byte[] made = new byte[0];
    int madeLength;

    Future<?> work;

    int room() {
        return SIZE - length;
    }

    /** Makes it an empty one. */
    void clear() {
        length = 0;
        isLast = false;
    }

    /** Keeps the end of another, full one, behind which it comes. */
    void follow(Block earlier) {
        if (before.length == 0) {
            before = new byte[WINDOW];
        }
        System.arraycopy(earlier.content, SIZE - WINDOW, before, 0, WINDOW);
        beforeLength = WINDOW;
    }
}
