package hakube.kubernetes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import okio.ByteString;

/** The first bytes of something that may be long; the rest is dropped. */
final class Head {

    static final int LIMIT = 64 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    synchronized void add(ByteString bytes) {
        byte[] fitting =
                bytes.substring(0, Math.min(bytes.size(), LIMIT - kept.size())).toByteArray();
        kept.write(fitting, 0, fitting.length);
    }

    /** As UTF-8; what is none becomes U+FFFD. */
    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
