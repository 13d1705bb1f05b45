package hakube.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuspiciousPathTest {

    private static final int LONGEST = 24570;

    /** Those of upstream's own test are among them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/proc/self/environ",
                "/a/../b",
                "/a/..//b",
                "/%2e%2e/b",
                "/test/.%252E/api",
                "/test/%2E%2E%2f%2E%2E%2fapi",
                "/%252e%252e/supervisor/options",
                "/test/%2525252E%2525252E%2525252f%2525252E%2525252E/api",
                "/a/..%5cb",
                "/.%09./supervisor/info",
                "/%2e%0a%2e/supervisor/info",
                "/%%32%65%%32%65/x",
                "/a%00",
                "/a%2500/b",
                "/%c0%ae%c0%ae/x",
                "/%25c0%25ae/x",
                "/a%e0%80%af",
                "/a%f0%80%80%af",
                "/<script >",
                "/%3Cscript%3E",
                "/UNION%20SELECT%20%28a%2C%20b",
                "test=test/../../api",
                "test=test/%2E%2E%2f%2E%2E%2fapi",
                "q=proc/self/environ",
                "q=PROC%2fself%2Fenviron",
                "a=<script>alert(1)</script>",
                "a=<b>x<script>",
                "a=%253Cscript%253E",
                "a=<b>\u017fCR\u0131PT>",
                "sql=;UNION SELECT (a, b",
                "sql=union%0aselect%0a(",
                "sql=union+all+select",
                "id=1 UNION SELECT name(1)",
                "a=concat(1)",
                "a=CONCAT_WS %28",
                "p=/a/b/",
                "html?v=/.//test"
            })
    void isSeenHoweverItIsEncoded(String raw) {
        assertTrue(SuspiciousPath.matches(raw), raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/addons/local_my.tool/info",
                "/ingress/t0ken/a..b/c",
                "/a%zz%2",
                "/caf%C3%A9",
                "/caf%E9/x",
                "/%C0A",
                "/union/select",
                "/selection/union(",
                "/script",
                "lines=100",
                "url=http://host/p",
                "url=/ab/c",
                "a=%0d%0a"
            })
    void theOrdinaryPasses(String raw) {
        assertFalse(SuspiciousPath.matches(raw), raw);
    }

    /** Anybody may send these without a token, over and over. */
    @ParameterizedTest
    @ValueSource(strings = {"<", "<script", "union", "union select ", "concat", "a=/b", "%25", "%", "%252e", "..", "."})
    void nothingTakesLong(String part) {
        String raw = part.repeat(LONGEST / part.length());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        SuspiciousPath.matches(raw);
        Duration taken = Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin);
        assertTrue(taken.toMillis() < 1000, "the processor was taken for " + taken);
    }
}
