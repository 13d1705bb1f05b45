package hakube.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** curl inside of a pod of the real node: Core's stand-in has it. */
record Curl(RealNode node) {

    /** Status, a space, and the body. */
    String get(String address, String... headers) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "exec",
                "homeassistant-0",
                "-c",
                "homeassistant",
                "--",
                "curl",
                "-sS",
                "-m",
                "10",
                "-w",
                "\n%{http_code}"));
        for (String header : headers) {
            command.addAll(List.of("-H", header));
        }
        command.add(address);
        String said = node.kubectl(command.toArray(String[]::new)).strip();
        int end = said.lastIndexOf('\n');
        return said.substring(end + 1) + " "
                + said.substring(0, Math.max(end, 0)).strip();
    }
}
