package hakube.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.transport.Daemon;
import org.eclipse.jgit.transport.DaemonClient;

/** Bare git repositories in a folder, made without {@code git}, and a server of the {@code git} protocol on loopback for them. */
public final class GitRepositories implements AutoCloseable {

    private static final PersonIdent NOBODY = new PersonIdent("Nobody", "nobody@example.com");

    private final Path folder;
    private final Map<String, Repository> open = new LinkedHashMap<>();
    private Daemon daemon;

    public GitRepositories(Path folder) {
        this.folder = folder;
    }

    /** One entry of a tree. */
    public record Entry(FileMode mode, ObjectId id) {}

    /** Makes the repository if it is not there, and a commit with just these files on {@code main}. */
    public ObjectId commit(String name, Map<String, String> files) throws IOException {
        return commit(name, "main", files);
    }

    /** As the other one, on a branch. */
    public ObjectId commit(String name, String branch, Map<String, String> files) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            entries.put(file.getKey(), file(name, file.getValue()));
        }
        return commit(name, branch, tree(name, entries));
    }

    /** A commit of that tree. */
    public ObjectId commit(String name, String branch, ObjectId tree) throws IOException {
        Repository repository = repository(name);
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setAuthor(NOBODY);
        commit.setCommitter(NOBODY);
        commit.setMessage("a change");
        ObjectId before = repository.resolve(Constants.R_HEADS + branch);
        if (before != null) {
            commit.setParentId(before);
        }
        ObjectId id = insert(name, inserter -> inserter.insert(commit));
        RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
        update.setNewObjectId(id);
        update.forceUpdate();
        return id;
    }

    public void removeBranch(String name, String branch) throws IOException {
        RefUpdate update = repository(name).updateRef(Constants.R_HEADS + branch);
        update.setForceUpdate(true);
        update.delete();
    }

    public Entry file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public Entry file(String name, byte[] content) throws IOException {
        return new Entry(FileMode.EXECUTABLE_FILE, insert(name, to -> to.insert(Constants.OBJ_BLOB, content)));
    }

    public Entry link(String name, String goal) throws IOException {
        return new Entry(FileMode.SYMLINK, file(name, goal).id());
    }

    /** A tree of paths; folders come by themselves. */
    public ObjectId tree(String name, Map<String, Entry> paths) throws IOException {
        Map<String, Entry> here = new TreeMap<>();
        Map<String, Map<String, Entry>> folders = new TreeMap<>();
        paths.forEach((path, entry) -> {
            int slash = path.indexOf('/');
            if (slash < 0) {
                here.put(path, entry);
            } else {
                folders.computeIfAbsent(path.substring(0, slash), key -> new TreeMap<>())
                        .put(path.substring(slash + 1), entry);
            }
        });
        for (Map.Entry<String, Map<String, Entry>> below : folders.entrySet()) {
            here.put(below.getKey(), new Entry(FileMode.TREE, tree(name, below.getValue())));
        }
        return flat(name, here);
    }

    /** A tree with just these names, whatever they are. */
    public ObjectId flat(String name, Map<String, Entry> entries) throws IOException {
        TreeFormatter tree = new TreeFormatter();
        entries.entrySet().stream()
                // git sorts a folder as if its name ended in a slash.
                .sorted((one, other) -> sortKey(one).compareTo(sortKey(other)))
                .forEach(entry -> tree.append(
                        entry.getKey().getBytes(StandardCharsets.UTF_8),
                        entry.getValue().mode(),
                        entry.getValue().id()));
        return insert(name, to -> to.insert(tree));
    }

    public Repository repository(String name) throws IOException {
        Repository known = open.get(name);
        if (known == null) {
            Path bare = folder.resolve(name);
            known = new FileRepository(bare.toFile());
            if (!Files.exists(bare.resolve("HEAD"))) {
                known.create(true);
                known.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
            }
            open.put(name, known);
        }
        return known;
    }

    public String fileUrl(String name) {
        return "file://" + folder.resolve(name);
    }

    /** Starts the server with the first question. */
    public String gitUrl(String name) throws IOException {
        if (daemon == null) {
            daemon = new Daemon(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            daemon.setRepositoryResolver((DaemonClient client, String path) -> {
                try {
                    Repository found = repository(path);
                    found.incrementOpen();
                    return found;
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            daemon.getService("git-upload-pack").setEnabled(true);
            daemon.start();
        }
        return "git://127.0.0.1:" + daemon.getAddress().getPort() + "/" + name;
    }

    @Override
    public void close() {
        if (daemon != null) {
            daemon.stop();
        }
        open.values().forEach(Repository::close);
    }

    private interface Insertion {
        ObjectId into(ObjectInserter inserter) throws IOException;
    }

    private ObjectId insert(String name, Insertion insertion) throws IOException {
        try (ObjectInserter inserter = repository(name).newObjectInserter()) {
            ObjectId id = insertion.into(inserter);
            inserter.flush();
            return id;
        }
    }

    private static String sortKey(Map.Entry<String, Entry> entry) {
        return entry.getKey() + (entry.getValue().mode().equals(FileMode.TREE) ? "/" : "");
    }
}
