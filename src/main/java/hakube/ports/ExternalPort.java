package hakube.ports;

import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;

/** A port of the internal address; the same number of TCP and of UDP are two ports. */
public record ExternalPort(int number, Protocol protocol) implements Comparable<ExternalPort> {

    /** Of all ports, whatever they are for. */
    public static final int HIGHEST = 65535;

    private static final Comparator<ExternalPort> ORDER =
            Comparator.comparingInt(ExternalPort::number).thenComparing(ExternalPort::protocol);

    /** What the internal address can carry. */
    public enum Protocol {
        TCP,
        UDP;

        /** {@code tcp}, {@code udp}: the spelling of the registry and of manifests. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ExternalPort {
        Objects.requireNonNull(protocol, "protocol");
        if (!isPort(number)) {
            throw new IllegalArgumentException(number + " is not a port (1 to 65535)");
        }
    }

    /**
     * Reads {@code 1883/tcp}.
     *
     * @throws IllegalArgumentException for anything else, a port without protocol included
     */
    public static ExternalPort parse(String text) {
        int slash = text.indexOf('/');
        for (Protocol protocol : Protocol.values()) {
            if (slash > 0 && text.substring(slash + 1).equals(protocol.word())) {
                return new ExternalPort(read(text.substring(0, slash)), protocol);
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not of the form 1883/tcp or 1883/udp");
    }

    static boolean isPort(int number) {
        return number >= 1 && number <= HIGHEST;
    }

    private static int read(String digits) {
        if (!digits.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("\"" + digits + "\" is not a port (1 to 65535)");
        }
        return Integer.parseInt(digits);
    }

    @Override
    public int compareTo(ExternalPort other) {
        return ORDER.compare(this, other);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return number + "/" + protocol.word();
    }
}
