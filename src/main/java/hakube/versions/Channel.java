package hakube.versions;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.state.State;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    private final StateFile<ChannelFile> file;
    private volatile Optional<ChannelFile> kept = Optional.empty();

    @Inject
    public Channel(Settings settings, Folders folders, State state) {
        this.settings = settings;
        this.state = state;
        this.file = new StateFile<>(folders.of("updater.json"), ChannelFile.class);
    }

    /** Reads the kept copy; to be called once storage is there. */
    public void load() {
        kept = file.read(aside -> {})
                .filter(copy -> copy.homeassistant() != null && copy.image() != null)
                .filter(copy -> copy.image().homeassistant() != null);
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
            ChannelFile answer = parse(fetch(URI.create(url)), channel);
            if (!kept.equals(Optional.of(answer))) {
                file.write(answer);
            }
            kept = Optional.of(answer);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warning(() -> "Cannot learn the newest versions from " + url + ": " + e.getMessage()
                    + (kept.isPresent() ? "; the last answer is used" : ""));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return coreVersion().isPresent() && coreImage().isPresent();
    }

    /** The failure of whoever needs Core's image or version and has neither. */
    public ApiFailure unknown() {
        return new ApiFailure.BadRequest("Which Home Assistant to run is not known: "
                + settings.core().versionUrl() + " could not be read yet. Give the Supervisor a way there, or set"
                + " SUPERVISOR_CORE_IMAGE and SUPERVISOR_CORE_VERSION");
    }

    private ChannelFile parse(String text, String channel) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject root = reader.readObject();
            if (!channel.equals(root.getString("channel", null))) {
                throw new IllegalArgumentException("it is not the file of channel " + channel);
            }
            JsonObject versions = root.getJsonObject("homeassistant");
            String machine = settings.supervisor().machine();
            String version = versions.getString(machine, versions.getString("default", null));
            if (version == null) {
                throw new IllegalArgumentException("it has no version for machine " + machine);
            }
            return new ChannelFile(
                    channel,
                    version,
                    new ChannelFile.Images(root.getJsonObject("images").getString("core")));
        } catch (JsonException | NullPointerException | ClassCastException e) {
            throw new IllegalArgumentException("it is not a channel file", e);
        }
    }

    private static String fetch(URI url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(url).timeout(LIMIT).GET().build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode());
            }
            return answer.body();
        }
    }
}
