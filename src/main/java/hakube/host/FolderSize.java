package hakube.host;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Adds up the files of a folder (upstream {@code supervisor/hardware/disk.py}, 2026-08): symbolic links and other file systems
 * are left out, and so is what cannot be read or goes meanwhile.
 */
final class FolderSize extends SimpleFileVisitor<Path> {

    private static final String DEVICE = "unix:dev";

    private final Object device;
    private final int depth;
    private final int most;
    private final Deque<Folder> open = new ArrayDeque<>();
    private int children;
    private Folder whole;

    private FolderSize(Object device, int depth, int most) {
        this.device = device;
        this.depth = depth;
        this.most = most;
    }

    private static final class Folder {
        private final String name;
        private final List<UsageNode> children = new ArrayList<>();
        private long size;

        Folder(Path path) {
            name = String.valueOf(path.getFileName());
        }

        UsageNode node(String id) {
            children.sort(Comparator.comparing(UsageNode::id));
            return UsageNode.of(id, size, List.copyOf(children));
        }
    }

    /**
     * Looks at one folder; one that does not exist has no size.
     *
     * @param depth how many levels are told: 1 is the folder itself, 2 has its children
     * @param most at most so many folders below it are told, the others are in the size of their parents alone
     */
    static UsageNode of(String id, Path folder, int depth, int most) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return UsageNode.of(id, 0, List.of());
        }
        FolderSize walk = new FolderSize(device(folder), depth, most);
        Files.walkFileTree(folder, walk);
        return walk.whole == null ? UsageNode.of(id, 0, List.of()) : walk.whole.node(id);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        try {
            if (!device(folder).equals(device)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
        } catch (IOException gone) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        open.push(new Folder(folder));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!attributes.isSymbolicLink()) {
            open.element().size += attributes.size();
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, IOException unreadable) {
        Folder folder = open.pop();
        if (open.isEmpty()) {
            whole = folder;
            return FileVisitResult.CONTINUE;
        }
        Folder parent = open.element();
        parent.size += folder.size;
        if (folder.size > 0 && open.size() < depth && children < most) {
            children++;
            parent.children.add(folder.node(folder.name));
        }
        return FileVisitResult.CONTINUE;
    }

    private static Object device(Path folder) throws IOException {
        return Files.getAttribute(folder, DEVICE, LinkOption.NOFOLLOW_LINKS);
    }
}
