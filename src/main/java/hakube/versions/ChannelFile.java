package hakube.versions;

/**
 * What {@code updater.json} keeps of the update channel: the last answer that was good.
 *
 * @param homeassistant newest version of Core for the machine
 * @param image image of Core without tag; {@code {machine}} stands for the machine
 */
public record ChannelFile(String channel, String homeassistant, Images image) {

    /** @param homeassistant image of Core. */
    public record Images(String homeassistant) {}
}
