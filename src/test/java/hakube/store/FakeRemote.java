package hakube.store;

import hakube.git.GitAddress;
import hakube.git.GitFailure;
import hakube.git.GitRemote;
import hakube.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Other people's repositories in memory, by what a person calls them. */
final class FakeRemote implements GitRemote {

    static final String LABEL = "name: Garden\nurl: https://garden.example\nmaintainer: Gardener";

    final List<String> asked = new CopyOnWriteArrayList<>();
    final CountDownLatch isAsked = new CountDownLatch(1);
    volatile CountDownLatch mayAnswer = new CountDownLatch(0);

    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final Map<String, GitFailure.Kind> failures = new ConcurrentHashMap<>();

    private record Content(String commit, Map<String, String> files) {}

    /** @param number of the commit */
    void put(String address, int number, Map<String, String> files) {
        contents.put(address, new Content("%040x".formatted(number), files));
        failures.remove(address);
    }

    void fail(String address, GitFailure.Kind kind) {
        failures.put(address, kind);
    }

    static String manifest(String slug, String version) {
        return "name: Frost\nversion: " + version + "\ndescription: d\narch: [amd64]\nslug: " + slug;
    }

    @Override
    public Optional<Fetched> fetch(GitAddress address, Optional<String> known, Path work) throws GitFailure {
        asked.add(address.shown());
        isAsked.countDown();
        Eventually.opens("leave to answer", mayAnswer);
        if (failures.containsKey(address.shown())) {
            throw new GitFailure(failures.get(address.shown()), "it does not want to", null);
        }
        Content content = contents.get(address.shown());
        if (content == null) {
            throw new GitFailure(GitFailure.Kind.GONE, "it is not there", null);
        }
        return known.filter(content.commit()::equals).isPresent()
                ? Optional.empty()
                : Optional.of(write(content, work.resolve("tree")));
    }

    private static Fetched write(Content content, Path tree) {
        try {
            Files.createDirectories(tree);
            for (Map.Entry<String, String> file : content.files().entrySet()) {
                Path path = tree.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            return new Fetched(content.commit(), tree, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
