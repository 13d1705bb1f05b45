package hakube.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** The kernel's table of IPv4 routes, {@code /proc/net/route}. */
record Routes(String text) {

    private static final int INTERFACE = 0;
    private static final int DESTINATION = 1;
    private static final int GATEWAY = 2;
    private static final int MASK = 7;
    private static final String ANY = "00000000";
    private static final int BYTES = 4;

    /** Where the packets of an interface go that lead to no network of its own; empty without such a route. */
    Optional<String> gatewayOf(String link) {
        return text.lines()
                .map(line -> List.of(line.strip().split("\\s+", -1)))
                .filter(columns ->
                        columns.size() > MASK && columns.get(INTERFACE).equals(link))
                .filter(columns -> columns.get(DESTINATION).equals(ANY)
                        && columns.get(MASK).equals(ANY)
                        && !columns.get(GATEWAY).equals(ANY))
                .flatMap(columns -> address(columns.get(GATEWAY)).stream())
                .findFirst();
    }

    /** The kernel writes the number as the processor keeps it, and all that Kubernetes runs on here begin with the last byte. */
    private static Optional<String> address(String hex) {
        if (!hex.matches("[0-9A-F]{8}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(hex, 16);
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (number >> Byte.SIZE * i);
        }
        try {
            return Optional.of(InetAddress.getByAddress(bytes).getHostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}
