package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StopNodeIT {
    @Test
    void stopLeavesNothingBehind() throws IOException {
        RealNode node = RealNode.shared();
        String network = Files.readString(Path.of("/sys/class/net/hakube0/ifalias"));
        assertEquals("state " + node.state().toRealPath(), network.strip());

        node.stop();

        assertFalse(Files.exists(node.state()), "the state folder");
        assertEquals(List.of(), processesThatName(node.state()));
        assertFalse(Files.readString(Path.of("/proc/self/mountinfo"))
                .contains(node.state().toString()));
        assertFalse(Files.exists(Path.of("/sys/class/net/hakube0")), "the network");
        assertEquals("", Program.words(Map.of(), List.of("ip", "route", "show", "root", "10.80.0.0/12")));
        String rules = Program.words(Map.of(), List.of("nft", "list", "ruleset"));
        assertFalse(rules.contains("kube-proxy"), rules);
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            assertEquals(
                    List.of(),
                    hierarchies
                            .map(hierarchy -> hierarchy.resolve("hakube"))
                            .filter(Files::exists)
                            .toList());
        }
    }

    private static List<String> processesThatName(Path state) {
        return ProcessHandle.allProcesses()
                .filter(process -> !process.equals(ProcessHandle.current()))
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(state.toString()))
                .toList();
    }
}
