package hakube.versions;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.state.State;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Logger;

/**
 * The update channel: which Core is the newest, and which image it is (upstream {@code supervisor/updater.py}, 2026-08).
 * What the settings say wins, and then nobody is asked. The last good answer is kept in {@code updater.json} and serves
 * while the channel cannot be reached.
 */
@Singleton
public final class Channel {

    private static final Logger LOG = Logger.getLogger(Channel.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Settings settings;
    private final State state;
    private final Events events;
    private final ChannelSource source;
    private final StateFile<ChannelFile> file;
    private volatile Optional<ChannelFile> kept = Optional.empty();

    @Inject
    public Channel(Settings settings, Folders folders, State state, Events events) {
        this(settings, folders, state, events, LIMIT);
    }

    /** @param limit for the channel's answer */
    Channel(Settings settings, Folders folders, State state, Events events, Duration limit) {
        this.settings = settings;
        this.state = state;
        this.events = events;
        this.source = new ChannelSource(limit);
        this.file = new StateFile<>(folders.of("updater.json"), ChannelFile.class);
    }

    /** Reads the kept copy; to be called once storage is there. */
    public void load() {
        kept = file.read(aside -> events.fire(SupervisorEvent.IssueFound.damagedFile(aside, "system", "Damaged file")))
                .filter(ChannelFile::isUsable);
    }

    /** The newest Core, from the settings or the kept copy; no call. */
    public Optional<String> coreVersion() {
        return settings.core().version().or(() -> kept.map(ChannelFile::homeassistant));
    }

    /** Image of Core without tag, from the settings or the kept copy; no call. */
    public Optional<String> coreImage() {
        return settings.core().image().or(() -> kept.map(copy -> copy.image().homeassistant())
                .map(image -> image.replace("{machine}", settings.supervisor().machine())));
    }

    /**
     * Asks the channel, unless the settings name image and version both. Takes at most 10 s; a failure leaves the kept copy
     * and is logged.
     *
     * @return whether there is a good answer now, a kept one included
     */
    public boolean refresh() {
        if (settings.core().image().isPresent() && settings.core().version().isPresent()) {
            return true;
        }
        String channel = state.options().channel();
        String url = settings.core().versionUrl().replace("{channel}", channel);
        try {
            ChannelFile answer = ChannelFile.parse(
                    source.fetch(URI.create(url)),
                    channel,
                    settings.supervisor().machine());
            keep(answer);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warning(() -> "The newest versions cannot be learnt from " + url + " because " + e.getMessage()
                    + (kept.isPresent() ? "; the last answer is used" : ""));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return isKnown();
    }

    /** Asks the channel if there is neither a kept answer nor a setting for image or version. */
    public void refreshIfUnknown() {
        if (!isKnown()) {
            refresh();
        }
    }

    /** The failure of whoever needs Core's image or version and has neither. */
    public ApiFailure unknown() {
        return new ApiFailure.BadRequest("Which Home Assistant to run is not known: "
                + settings.core().versionUrl() + " could not be read yet. Give the Supervisor a way there, or set"
                + " SUPERVISOR_CORE_IMAGE and SUPERVISOR_CORE_VERSION");
    }

    private boolean isKnown() {
        return coreVersion().isPresent() && coreImage().isPresent();
    }

    private void keep(ChannelFile answer) {
        boolean isNew = !kept.equals(Optional.of(answer));
        kept = Optional.of(answer);
        try {
            if (isNew) {
                file.write(answer);
            }
        } catch (UncheckedIOException e) {
            LOG.warning(() -> "The newest versions are known, but not kept for later: " + e.getMessage());
        }
        if (isNew) {
            events.fire(new SupervisorEvent.VersionsLearnt("supervisor"));
            events.fire(new SupervisorEvent.VersionsLearnt("core"));
        }
    }
}
