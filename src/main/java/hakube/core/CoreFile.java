package hakube.core;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Owns {@code homeassistant.json}; what is in memory is what is on disk. */
@Singleton
final class CoreFile {

    private final StateFile<CoreOptions> file;
    private final Events events;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile CoreOptions options = CoreOptions.INITIAL;

    @Inject
    CoreFile(Folders folders, Events events) {
        this.file = new StateFile<>(folders.of("homeassistant.json"), CoreOptions.class);
        this.events = events;
    }

    /** Reads the file; one that does not parse is set aside and told. */
    void load() {
        file.read(aside -> events.fire(SupervisorEvent.IssueFound.damagedFile(aside, "core", "Damaged file")))
                .ifPresent(read -> options = read);
    }

    CoreOptions options() {
        return options;
    }

    /** @throws java.io.UncheckedIOException the file could not be written; everything is as it was */
    void change(UnaryOperator<CoreOptions> edit) {
        change(edit, changed -> {});
    }

    /**
     * Changes the options and hands them on; nobody else changes them meanwhile.
     *
     * @param then what must follow; if it throws, the options are as they were
     */
    void change(UnaryOperator<CoreOptions> edit, Consumer<CoreOptions> then) {
        writing.lock();
        try {
            CoreOptions before = options;
            write(edit.apply(before));
            try {
                then.accept(options);
            } catch (RuntimeException failure) {
                write(before);
                throw failure;
            }
        } finally {
            writing.unlock();
        }
    }

    private void write(CoreOptions changed) {
        if (!changed.equals(options)) {
            file.write(changed);
            options = changed;
        }
    }
}
