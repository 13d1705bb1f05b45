package hakube.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads every app below a folder. No symbolic link is followed, neither to a folder nor to a file, since whoever may write
 * here must not read the rest of the claim through the store.
 */
final class RepositoryScan {

    static final Set<String> MANIFESTS = Set.of("config.yaml", "config.yml", "config.json");
    private static final Set<String> LANGUAGES = Set.of(".yaml", ".yml", ".json");
    private static final int DEEPEST = 32;
    /** Ten times what the largest public repository has; what is read is kept in memory. */
    private static final int MOST_APPS = 1000;

    private final Repository repository;
    private final Map<String, StoreApp> apps = new LinkedHashMap<>();
    private final Map<Path, String> faults = new LinkedHashMap<>();
    private final Map<String, List<String>> warnings = new LinkedHashMap<>();

    private RepositoryScan(Repository repository) {
        this.repository = repository;
    }

    /**
     * @param apps by full slug; of a repeated one the last in order of paths
     * @param faults what is missing or incomplete, and why, by file
     * @param warnings sentences for whoever maintains an app, by full slug
     */
    record Found(Map<String, StoreApp> apps, Map<Path, String> faults, Map<String, List<String>> warnings) {}

    /** A folder that is not there has no apps. */
    static Found of(Repository repository, List<Path> folders) {
        RepositoryScan scan = new RepositoryScan(repository);
        folders.forEach(scan::folder);
        return new Found(scan.apps, scan.faults, scan.warnings);
    }

    private void folder(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> manifests = new ArrayList<>();
        try {
            Files.walkFileTree(folder, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    return !path.equals(folder) && isHidden(path)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()
                            && MANIFESTS.contains(path.getFileName().toString())) {
                        manifests.add(path);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path path, IOException cause) {
                    faults.put(path, "cannot be read: " + cause);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            faults.put(folder, "cannot be read: " + e);
        }
        Collections.sort(manifests);
        if (manifests.size() > MOST_APPS) {
            faults.put(folder, "there are " + manifests.size() + " apps, the first " + MOST_APPS + " are read");
        }
        manifests.stream().limit(MOST_APPS).forEach(this::manifest);
    }

    private static boolean isHidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.equals("rootfs");
    }

    private void manifest(Path file) {
        switch (ManifestReader.read(file)) {
            case ManifestReader.Invalid(String reason) -> faults.put(file, reason);
            case ManifestReader.Valid(AppManifest manifest, List<String> sentences) -> {
                String slug = Slugs.full(repository.slug(), manifest.slug());
                try {
                    StoreApp before = apps.put(slug, app(slug, manifest, file));
                    warnings.put(slug, sentences);
                    if (before != null) {
                        faults.put(
                                before.folder(),
                                "its app " + slug + " is also in folder "
                                        + file.getParent().getFileName() + ", which counts");
                    }
                } catch (IOException e) {
                    faults.put(file, "cannot be read: " + e);
                }
            }
        }
    }

    private StoreApp app(String slug, AppManifest manifest, Path file) throws IOException {
        Path folder = file.getParent();
        return new StoreApp(
                slug,
                repository,
                manifest,
                folder,
                new StoreApp.Documents(
                        beside(folder, "README.md"),
                        beside(folder, "DOCS.md"),
                        beside(folder, "CHANGELOG.md"),
                        beside(folder, "icon.png"),
                        beside(folder, "logo.png"),
                        beside(folder, "apparmor.txt")),
                translations(folder.resolve("translations")),
                Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant());
    }

    private static Optional<Path> beside(Path folder, String name) {
        return Optional.of(folder.resolve(name)).filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS));
    }

    /** One fault for all of them: an app costs one line of the log. */
    private Map<String, Map<String, Object>> translations(Path folder) throws IOException {
        Map<String, Map<String, Object>> languages = new HashMap<>();
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return languages;
        }
        List<Path> files;
        try (var listing = Files.list(folder)) {
            files = listing.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
        Map<Path, String> broken = new LinkedHashMap<>();
        long bytes = 0;
        for (Path file : files) {
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.');
            if (dot > 0 && LANGUAGES.contains(name.substring(dot))) {
                bytes += Files.size(file);
                if (bytes > ManifestReader.LARGEST) {
                    broken.put(file, "the translations have more than " + ManifestReader.LARGEST + " bytes together");
                    break;
                }
                try {
                    languages.put(name.substring(0, dot), Translations.check(ManifestReader.document(file)));
                } catch (Unreadable e) {
                    broken.put(file, e.getMessage());
                } catch (Violation e) {
                    broken.put(file, e.reason());
                }
            }
        }
        if (!broken.isEmpty()) {
            String others = broken.size() == 1 ? "" : " (and " + (broken.size() - 1) + " more there)";
            Map.Entry<Path, String> first = broken.entrySet().iterator().next();
            faults.put(first.getKey(), first.getValue() + others);
        }
        return languages;
    }
}
