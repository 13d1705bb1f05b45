package hakube.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/** Where the submodules of a tree come from: {@code .gitmodules} (gitmodules(5)). */
final class Submodules {

    private static final int LARGEST = 1 << 16;
    private static final int DEEPEST = 3;
    private static final int MOST = 32;
    private static final String SECTION = "submodule";

    private Submodules() {}

    /** The address of each, by its path in the tree. */
    static Map<String, GitAddress> in(Path tree, GitAddress of) throws IOException {
        Path file = tree.resolve(".gitmodules");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
            return Map.of();
        }
        try {
            Config config = new Config();
            config.fromText(Files.readString(file, StandardCharsets.UTF_8));
            Map<String, GitAddress> addresses = new HashMap<>();
            for (String name : config.getSubsections(SECTION)) {
                String path = config.getString(SECTION, name, "path");
                String url = config.getString(SECTION, name, "url");
                if (path != null && url != null) {
                    addresses.put(path, of.submodule(url));
                }
            }
            return addresses;
        } catch (ConfigInvalidException | URISyntaxException e) {
            throw new IOException("its .gitmodules cannot be read", e);
        }
    }

    /** @throws LimitExceeded one more would be too many, or too deep */
    static void requireFew(int fetched, int depth) throws LimitExceeded {
        if (depth >= DEEPEST || fetched > MOST) {
            throw new LimitExceeded(
                    "at most " + MOST + " submodules are taken, nested at most " + DEEPEST + " times", false);
        }
    }
}
