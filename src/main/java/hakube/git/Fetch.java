package hakube.git;

import hakube.config.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.Transport;

/**
 * One fetch: what does the other side have, and if that is new, all of it at depth 1. First is asked, over a connection for which
 * nothing is written; mostly that is all.
 */
final class Fetch {

    private final Settings.StoreSettings settings;
    private final Meter meter;
    private final Transports transports;
    private final Semaphore receiving;
    private final Notes notes = new Notes();
    private int fetched;

    /** @param receiving how many may fetch objects at the same time */
    Fetch(Settings.StoreSettings settings, Meter meter, Semaphore receiving) {
        this.settings = settings;
        this.meter = meter;
        this.receiving = receiving;
        this.transports = new Transports(settings.schemes(), meter);
    }

    Optional<GitRemote.Fetched> of(GitAddress address, Optional<String> known, Path work) throws IOException {
        if (known.isPresent() && known.equals(Optional.of(head(address)))) {
            return Optional.empty();
        }
        Path tree = work.resolve("tree");
        awaitTurn();
        try {
            ObjectId commit = tree(address, Optional.empty(), work, tree, 0);
            return Optional.of(new GitRemote.Fetched(commit.name(), tree, notes.sentences()));
        } finally {
            receiving.release();
        }
    }

    private void awaitTurn() throws IOException {
        try {
            if (!receiving.tryAcquire(meter.left().toMillis(), TimeUnit.MILLISECONDS)) {
                throw meter.outOfTime();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the fetch was given up");
        }
    }

    private String head(GitAddress address) throws IOException {
        try (Transport transport = transports.open(address);
                FetchConnection connection = transport.openFetch(List.of(), names(address))) {
            return advertised(connection, address).getObjectId().name();
        }
    }

    /**
     * Fetches one commit and writes its tree, with those of its submodules where they are wanted.
     *
     * @param wanted empty: what the address says
     */
    private ObjectId tree(GitAddress address, Optional<ObjectId> wanted, Path work, Path target, int depth)
            throws IOException {
        try (ReceivingRepository objects = ReceivingRepository.make(work.resolve("git-" + fetched++), meter);
                Transport transport = transports.open(objects, address);
                FetchConnection connection = transport.openFetch(List.of(), names(address));
                RevWalk commits = new RevWalk(objects)) {
            if (!(connection instanceof BasePackFetchConnection)) {
                throw new Refused("the server only hands out files, and a git server is needed");
            }
            Ref commit = wanted.isPresent() ? named(wanted.get()) : advertised(connection, address);
            connection.fetch(new Deadline(meter), List.of(commit), Set.of());
            meter.requireTime();
            ObjectId id = commit.getObjectId();
            Checkout checkout = new Checkout(
                    commits.getObjectReader(), commits.parseCommit(id).getTree(), meter, notes);
            submodules(address, checkout.into(target), work, target, depth);
            return id;
        }
    }

    private void submodules(GitAddress of, Map<String, ObjectId> found, Path work, Path target, int depth)
            throws IOException {
        if (!settings.submodules()) {
            found.keySet().forEach(place -> notes.add("submodules are left out", place));
            return;
        }
        Map<String, GitAddress> addresses = found.isEmpty() ? Map.of() : Submodules.in(target, of);
        for (Map.Entry<String, ObjectId> submodule : found.entrySet()) {
            GitAddress address = addresses.get(submodule.getKey());
            if (address == null) {
                notes.add("submodules without an address are left out", submodule.getKey());
            } else {
                Submodules.requireFew(fetched, depth);
                Path place = target.resolve(submodule.getKey());
                tree(address, Optional.of(submodule.getValue()), work, place, depth + 1);
            }
        }
    }

    private static String[] names(GitAddress address) {
        return address.branch()
                .map(branch -> new String[] {Constants.R_HEADS + branch, Constants.R_TAGS + branch})
                .orElseGet(() -> new String[] {Constants.HEAD});
    }

    private static Ref advertised(FetchConnection connection, GitAddress address) throws Failures.Gone {
        for (String name : names(address)) {
            Ref found = connection.getRef(name);
            ObjectId commit = found == null
                    ? null
                    : Optional.ofNullable(found.getPeeledObjectId()).orElse(found.getObjectId());
            if (commit != null) {
                return named(commit);
            }
        }
        throw new Failures.Gone(
                address.branch().map(branch -> "it has no branch " + branch).orElse("it is empty"));
    }

    private static Ref named(ObjectId commit) {
        return new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, commit.name(), commit);
    }

    /** Ends what only calculates as well. */
    private static final class Deadline extends EmptyProgressMonitor {

        private final Meter meter;

        Deadline(Meter meter) {
            this.meter = meter;
        }

        @Override
        public boolean isCancelled() {
            return meter.isOver();
        }
    }
}
