package hakube;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Every source has the one format; {@code mvn test -Dtest=FormatTest -Dformat=apply} brings it there.
 *
 * <p>A test, not a Maven plugin: the formatter must run on the JDK whose language it formats, and Maven may run on an older
 * one (docs/adr/0002).
 */
class FormatTest {

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    @Test
    void everySourceHasTheOneFormat() throws IOException, FormatterException {
        boolean apply = "apply".equals(System.getProperty("format"));
        List<Path> others = new ArrayList<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            String formatted = FORMATTER.formatSource(ImportOrderer.reorderImports(
                    RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.PALANTIR));
            if (!formatted.equals(text)) {
                if (apply) {
                    Files.writeString(source, formatted);
                } else {
                    others.add(source);
                }
            }
        }
        Assertions.assertEquals(List.of(), others, "not formatted; run: mvn test -Dtest=FormatTest -Dformat=apply");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> tree = Files.walk(Path.of("src"))) {
            return tree.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
