package hakube.access;

import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The switches of {@code /security}. */
@Singleton
public final class Security {

    private final StateFile<SecurityOptions> file;
    private final Events events;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile SecurityOptions options = new SecurityOptions(null, null);

    @Inject
    public Security(Folders folders, Events events) {
        this.file = new StateFile<>(folders.of("security.json"), SecurityOptions.class);
        this.events = events;
    }

    /** Reads the state file; to be called once storage is there. */
    public void load() {
        file.read(aside -> events.fire(SupervisorEvent.IssueFound.damagedFile(
                        aside,
                        "system",
                        "The security options were damaged and set aside: they are back at their defaults")))
                .ifPresent(read -> options = read);
    }

    /** The switches now. */
    public SecurityOptions options() {
        return options;
    }

    /** Changes what the body names, on disk first. @throws ApiFailure.BadRequest for a body that does not fit */
    void change(String text) {
        Body body = Body.of(text);
        Optional<Boolean> pwned = body.lenientBool("pwned");
        Optional<Boolean> force = body.lenientBool("force_security");
        body.check();
        writing.lock();
        try {
            SecurityOptions changed =
                    new SecurityOptions(pwned.orElse(options.pwned()), force.orElse(options.forceSecurity()));
            file.write(changed);
            options = changed;
        } finally {
            writing.unlock();
        }
    }

    /** @throws ApiFailure.Gone always: upstream removed it */
    void checkIntegrity() {
        throw new ApiFailure.Gone("Integrity check feature has been removed.");
    }
}
