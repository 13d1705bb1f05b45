package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every expectation was asked of Python 3.13's {@code pathlib}. */
class PathPatternTest {

    @ParameterizedTest
    @CsvSource({
        "**/__pycache__/*, __pycache__/a, true",
        "**/__pycache__/*, x/y/__pycache__/a, true",
        "**/__pycache__/*, x/__pycache__, false",
        "**/__pycache__/*, x/__pycache__/a/b, false",
        "**/.DS_Store, .DS_Store, true",
        "**/.DS_Store, a/b/.DS_Store, true",
        "*.log, home-assistant.log, true",
        "*.log, sub/home-assistant.log, false",
        "*.log.*, home-assistant.log.1, true",
        "*.log, .log, true",
        "tts/*, tts, false",
        "tts/*, tts/a, true",
        "tts/*, tts/a/b, false",
        "home-assistant_v?.db, home-assistant_v2.db, true",
        "home-assistant_v?.db, home-assistant_v12.db, false",
        "*.corrupt.*, a.corrupt.1, true",
        "a/**, a/b/c, true",
        "a/**/c, a/c, true",
        "[ab].txt, a.txt, true",
        "[!ab].txt, a.txt, false",
        "[!ab].txt, c.txt, true",
        "[].txt, [].txt, true",
        "'a[]]b', 'a]b', true",
        "A.txt, a.txt, false",
        "a.txt, a+txt, false",
    })
    void aWholePathFits(String pattern, String path, boolean fits) {
        assertEquals(fits, PathPattern.of(pattern).fits(Path.of(path)));
    }

    @ParameterizedTest
    @CsvSource({
        "test1, /data/addons/data/x/test1, true",
        "test1, /data/addons/data/x/deep/test1, true",
        "test1, /data/addons/data/x/test10, false",
        "*/test2, /data/addons/data/x/a/test2, true",
        "x/*, /data/addons/data/x/test2, true",
        "x/*, /data/addons/data/x/a/test2, false",
        "**/test2, /test2, false",
        "**/test2, /a/test2, true",
        "/data/*/data/x/a, /data/addons/data/x/a, true",
        "/addons/data/x/a, /data/addons/data/x/a, false",
        "./a//b/, /data/a/b, true",
        "*.db, /data/a.db, true",
        "?.db, /data/aa.db, false",
    })
    void theEndOfAPathFits(String pattern, String path, boolean fits) {
        assertEquals(fits, PathPattern.of(pattern).fitsEndOf(Path.of(path)));
    }
}
