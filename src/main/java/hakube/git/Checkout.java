package hakube.git;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes the tree of a commit as plain files, none of which can be executed. A symbolic link becomes a copy of the file or folder
 * in the tree that it leads to; one that leads out of the tree, to nothing or through another link becomes nothing. So nobody who
 * reads the tree later has to think of links.
 */
final class Checkout {

    private static final int DEEPEST = 32;
    private static final int LONGEST_LINK = 4096;

    private final ObjectReader reader;
    private final AnyObjectId root;
    private final Meter meter;
    private final Notes notes;
    /** Commit of each submodule, by its path. */
    private final Map<String, ObjectId> submodules = new LinkedHashMap<>();

    Checkout(ObjectReader reader, AnyObjectId root, Meter meter, Notes notes) {
        this.reader = reader;
        this.root = root;
        this.meter = meter;
        this.notes = notes;
    }

    /** Makes the folder, with all that is in the tree. @return the commit of each submodule, by its path in the tree */
    Map<String, ObjectId> into(Path folder) throws IOException {
        folder(root, folder, "", 0, false);
        return submodules;
    }

    private void folder(AnyObjectId tree, Path target, String at, int depth, boolean isLinked) throws IOException {
        if (depth > DEEPEST) {
            throw new LimitExceeded("its folders are more than " + DEEPEST + " deep", false);
        }
        meter.entry();
        Files.createDirectories(target);
        CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, tree);
        while (!entries.eof()) {
            entry(entries, target, at, depth, isLinked);
            entries.next(1);
        }
    }

    private void entry(CanonicalTreeParser entry, Path target, String at, int depth, boolean isLinked)
            throws IOException {
        byte[] bytes = new byte[entry.getNameLength()];
        entry.getName(bytes, 0);
        String name = new String(bytes, StandardCharsets.UTF_8);
        String place = at + name;
        if (!isName(name)) {
            notes.add("names that no file may have are left out", place);
            return;
        }
        Path path;
        try {
            path = target.resolve(name);
        } catch (InvalidPathException e) {
            notes.add("names that this system cannot write are left out", place);
            return;
        }
        write(entry.getEntryFileMode(), entry.getEntryObjectId(), path, place, depth, isLinked);
    }

    private void write(FileMode mode, ObjectId id, Path path, String place, int depth, boolean isLinked)
            throws IOException {
        switch (mode.getBits() & FileMode.TYPE_MASK) {
            case FileMode.TYPE_TREE -> folder(id, path, place + "/", depth + 1, isLinked);
            case FileMode.TYPE_FILE -> file(id, path);
            case FileMode.TYPE_SYMLINK -> link(id, path, place, depth, isLinked);
            case FileMode.TYPE_GITLINK -> submodules.putIfAbsent(place, id);
            default -> notes.add("what is neither a file nor a folder is left out", place);
        }
    }

    private void file(ObjectId id, Path path) throws IOException {
        meter.entry();
        ObjectLoader content = reader.open(id, Constants.OBJ_BLOB);
        meter.written(content.getSize());
        // A tree that has a name twice ends here.
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.copyTo(out);
        }
    }

    private void link(ObjectId id, Path path, String place, int depth, boolean isLinked) throws IOException {
        ObjectLoader text = reader.open(id, Constants.OBJ_BLOB);
        String goal = text.getSize() > LONGEST_LINK
                ? ""
                : inside(place, new String(text.getCachedBytes(LONGEST_LINK), StandardCharsets.UTF_8));
        try (TreeWalk found = goal.isEmpty() || isLinked ? null : TreeWalk.forPath(reader, goal, root)) {
            if (found == null || isOther(found.getFileMode(0))) {
                notes.add("symbolic links that lead to nothing in the repository are left out", place);
            } else {
                write(found.getFileMode(0), found.getObjectId(0), path, goal, depth, true);
            }
        }
    }

    private static boolean isOther(FileMode mode) {
        return mode.equals(FileMode.SYMLINK) || mode.equals(FileMode.GITLINK);
    }

    /** Where in the tree a link leads to; empty when it leads out of it, or to all of it. */
    private static String inside(String place, String goal) {
        try {
            Path link = Path.of(place);
            Path found = link.resolveSibling(goal).normalize();
            return found.isAbsolute() || found.startsWith("..") ? "" : found.toString();
        } catch (InvalidPathException e) {
            return "";
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && !name.toLowerCase(Locale.ROOT).equals(".git")
                && name.indexOf('/') < 0
                && name.indexOf('\0') < 0;
    }
}
