package hakube.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import hakube.storage.Folders;
import hakube.testing.HostileApps;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class HostileManifestsTest {

    private static final String GOOD = """
            name: Good
            version: "1"
            slug: good
            description: d
            arch: [amd64, aarch64]
            image: localhost/x
            """;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long MOST_BYTES = 1L << 30;

    @TempDir
    private Path claim;

    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger(Store.class.getName()).addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        Logger.getLogger(Store.class.getName()).removeHandler(handler);
    }

    @Test
    void eachCostsAtMostOneShortLineAndItselfAndNeverTimeOrMemory() throws Exception {
        Set<String> hostile = HostileApps.in(claim.resolve("addons/local"));
        assertEquals(20, hostile.size());
        write("addons/local/a-good/config.yaml", GOOD);
        write("addons/local/zz-good/config.yaml", GOOD.replace("slug: good", "slug: last"));

        Store store = new Store(new Folders(claim));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = assertTimeoutPreemptively(LIMIT, () -> {
            long before = threads.getCurrentThreadAllocatedBytes();
            StoreTest.read(store);
            return threads.getCurrentThreadAllocatedBytes() - before;
        });
        assertEquals(
                List.of("local_good", "local_last"),
                store.apps().stream().map(StoreApp::slug).toList());
        assertTrue(bytes < MOST_BYTES, bytes + " bytes were taken in all, kept or not");
        assertTrue(lines.size() <= hostile.size(), lines.toString());
        for (String line : lines) {
            assertTrue(line.length() <= 1000, line);
            assertTrue(line.chars().noneMatch(HostileManifestsTest::breaksOrHides), line);
        }
        lines.clear();
        StoreTest.read(store);
        assertEquals(List.of(), lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void carriageReturnsAndByteOrderMarkAreNoFault(String end) throws IOException {
        write("addons/local/good/config.yaml", "\uFEFF" + GOOD.replace("\n", end));
        Store store = new Store(new Folders(claim));
        StoreTest.read(store);
        assertEquals("Good", store.find("local_good").orElseThrow().manifest().name());
        assertEquals(List.of(), lines);
    }

    @Test
    void aThousandBrokenTranslationsCostOneLineAndNotTheApp() throws IOException {
        write("addons/local/good/config.yaml", GOOD);
        for (int number = 0; number < 1000; number++) {
            write("addons/local/good/translations/l" + number + ".yaml", "[".repeat(1000));
        }
        Store store = new Store(new Folders(claim));
        StoreTest.read(store);
        assertTrue(store.find("local_good").isPresent());
        assertEquals(1, lines.size(), lines.toString());
    }

    /** Every key in every type: an answer, never an exception that would end the scan. */
    @Test
    void aWrongTypeInAnyKeyIsAnAnswer() {
        List<Object> values = new ArrayList<>();
        for (String text : List.of(
                "null",
                "true",
                "-1",
                "0",
                "1e400",
                "99999999999999999999",
                ".nan",
                "''",
                "\"\\0\"",
                "[]",
                "[[]]",
                "[null]",
                "{}",
                "{a: {b: [c]}}",
                "{1: 2}",
                "{null: null}",
                "2026-01-01",
                "[{type: 1}]")) {
            values.add(new Load(LoadSettings.builder().build()).loadFromString(text));
        }
        Map<?, ?> good = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(GOOD);
        assertInstanceOf(ManifestReader.Valid.class, ManifestReader.read(good));
        for (String key : ManifestRules.names()) {
            for (Object value : values) {
                Map<Object, Object> bad = new LinkedHashMap<>(good);
                bad.put(key, value);
                ManifestReader.Outcome outcome = ManifestReader.read(bad);
                if (outcome instanceof ManifestReader.Invalid(String reason)) {
                    assertTrue(!reason.isBlank() && !reason.equals("null"), key + ": " + value);
                }
            }
        }
    }

    private static boolean breaksOrHides(int letter) {
        return Character.isISOControl(letter) || letter == 0x2028 || letter == 0x2029;
    }

    private void write(String path, String text) throws IOException {
        Path file = claim.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
