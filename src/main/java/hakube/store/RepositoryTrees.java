package hakube.store;

import hakube.storage.Folders;
import hakube.storage.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The fetched trees on the claim, {@code addons/git/<slug>/<commit>}: plain files, without git's own. A tree gets its name in one
 * step when it is complete, so that what a crash leaves is either the old one, or both, or something that has no such name.
 */
final class RepositoryTrees {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SLUG = Pattern.compile("[0-9a-f]{8}|core");
    private static final String WORK = ".work-";

    private final Path root;

    RepositoryTrees(Folders folders) {
        this.root = folders.of(Folders.GIT_APPS);
    }

    /** A complete tree. */
    record Tree(String commit, Path folder) {}

    /** What was fetched last; empty when nothing was. */
    Optional<Tree> current(String slug) {
        return list(root.resolve(slug)).stream()
                .filter(RepositoryTrees::isTree)
                .max(Comparator.comparing(RepositoryTrees::modified))
                .map(folder -> new Tree(folder.getFileName().toString(), folder));
    }

    /** An empty folder beside the trees; {@link #delete} it. */
    Path work() throws IOException {
        Files.createDirectories(root);
        return Files.createTempDirectory(root, WORK);
    }

    /** Makes a fetched folder the tree of that slug. What was there before stays until {@link #forgetOthers}. */
    Tree adopt(String slug, String commit, Path fetched) throws IOException {
        Optional<Tree> before = current(slug);
        if (before.isPresent()) {
            keepTimes(before.get().folder(), fetched);
        }
        Path target = root.resolve(slug).resolve(commit);
        Files.createDirectories(target.getParent());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Path aside = work();
            Files.move(target, aside.resolve(commit), StandardCopyOption.ATOMIC_MOVE);
            Files.move(fetched, target, StandardCopyOption.ATOMIC_MOVE);
            delete(aside);
        } else {
            Files.move(fetched, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Tree(commit, target);
    }

    /** All that lies in the slug's folder but this tree. */
    void forgetOthers(String slug, Tree kept) {
        list(root.resolve(slug)).stream()
                .filter(other -> !other.equals(kept.folder()))
                .forEach(RepositoryTrees::delete);
    }

    void remove(String slug) {
        delete(root.resolve(slug));
    }

    /** What a crash left: half a fetch, a tree that was about to go, one whose repository is gone. Nobody may be fetching. */
    void tidy(Set<String> slugs) {
        for (Path found : list(root)) {
            String name = found.getFileName().toString();
            if (name.startsWith(WORK) || (SLUG.matcher(name).matches() && !slugs.contains(name))) {
                delete(found);
            }
        }
        slugs.forEach(slug -> current(slug).ifPresent(tree -> forgetOthers(slug, tree)));
    }

    /** With all that is in it; nothing is fine. No link is followed. */
    static void delete(Path folder) {
        try {
            Trees.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + folder, e);
        }
    }

    /** The age of a version counts for automatic updates, so a manifest that did not change keeps its time. */
    private static void keepTimes(Path before, Path fetched) throws IOException {
        try (Stream<Path> files = Files.walk(fetched)) {
            for (Path file : (Iterable<Path>) files.filter(RepositoryTrees::isManifest)::iterator) {
                Path old = before.resolve(fetched.relativize(file).toString());
                if (Files.isRegularFile(old, LinkOption.NOFOLLOW_LINKS) && Files.mismatch(old, file) < 0) {
                    Files.setLastModifiedTime(file, Files.getLastModifiedTime(old));
                }
            }
        }
    }

    private static boolean isManifest(Path file) {
        return RepositoryScan.MANIFESTS.contains(file.getFileName().toString()) && Files.isRegularFile(file);
    }

    private static boolean isTree(Path folder) {
        return COMMIT.matcher(folder.getFileName().toString()).matches()
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    private static long modified(Path folder) {
        try {
            return Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }
}
