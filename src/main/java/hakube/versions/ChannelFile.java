package hakube.versions;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.regex.Pattern;

/**
 * What {@code updater.json} keeps of the update channel: the last answer that was good.
 *
 * @param homeassistant newest version of Core for the machine
 * @param image image of Core without tag; {@code {machine}} stands for the machine
 */
public record ChannelFile(String channel, String homeassistant, Images image) {

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern IMAGE = Pattern.compile("[a-z0-9][A-Za-z0-9._:/{}-]{0,254}");

    /** @param homeassistant image of Core. */
    public record Images(String homeassistant) {}

    /**
     * Reads the file as the channel serves it.
     *
     * @throws IllegalArgumentException it is none, or that of another channel; the text goes on after "because "
     */
    static ChannelFile parse(String text, String channel, String machine) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject root = reader.readObject();
            if (!channel.equals(root.getString("channel", null))) {
                throw new IllegalArgumentException("it is not the file of channel " + channel);
            }
            JsonObject versions = root.getJsonObject("homeassistant");
            String version = versions.getString(machine, versions.getString("default", null));
            if (version == null) {
                throw new IllegalArgumentException("it has no version for machine " + machine);
            }
            ChannelFile file = new ChannelFile(
                    channel, version, new Images(root.getJsonObject("images").getString("core")));
            if (!file.isUsable()) {
                throw new IllegalArgumentException("\"" + file.image.homeassistant + "\" and \"" + version
                        + "\" are no image and no version of Home Assistant");
            }
            return file;
        } catch (JsonException | NullPointerException | ClassCastException e) {
            throw new IllegalArgumentException("it is not a channel file", e);
        }
    }

    /** Whether it names an image and a version that a cluster takes; a kept copy may be of anybody's hand. */
    boolean isUsable() {
        return homeassistant != null
                && image != null
                && image.homeassistant != null
                && VERSION.matcher(homeassistant).matches()
                && IMAGE.matcher(image.homeassistant).matches();
    }
}
