package hakube.host;

import hakube.config.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who resolves names for this process: in a pod, the cluster's DNS. */
record Resolver(List<InetAddress> nameservers) {

    /** Reads a {@code resolv.conf}; a line that is none is passed over. */
    static Resolver of(String text) {
        return new Resolver(text.lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .flatMap(words -> address(words[1]).stream())
                .toList());
    }

    /** The texts of those of one family. */
    List<String> texts(boolean isIpv4) {
        return nameservers.stream()
                .filter(server -> server instanceof Inet4Address == isIpv4)
                .map(Cidr::text)
                .toList();
    }

    /** The first one, of IPv4 if there is such a one. */
    Optional<String> first() {
        return Stream.concat(texts(true).stream(), texts(false).stream()).findFirst();
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
