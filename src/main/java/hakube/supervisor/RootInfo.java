package hakube.supervisor;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;

/**
 * Answer of {@code /info}; every key is required by clients (aiohasupervisor 0.6 to 0.11).
 *
 * @param supervisor the contract level
 * @param homeassistant version of Core, {@code null} before it is installed
 * @param hassos always {@code null}: this is not Home Assistant OS
 * @param docker must not be null: the version of what runs the containers
 */
public record RootInfo(
        String supervisor,
        String homeassistant,
        String hassos,
        String docker,
        String hostname,
        @JsonbProperty("operating_system") String operatingSystem,
        List<String> features,
        String machine,
        @JsonbNillable @JsonbProperty("machine_id") String machineId,
        String arch,
        String state,
        @JsonbProperty("supported_arch") List<String> supportedArch,
        boolean supported,
        String channel,
        String logging,
        String timezone) {}
