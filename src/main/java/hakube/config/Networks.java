package hakube.config;

import hakube.config.Rule.Refusal;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** Rules of addresses; none of them asks a name server. */
final class Networks {

    static final Rule<InetAddress> ADDRESS = new Rule<>("an IPv4 or IPv6 address", Networks::usable);

    static final Rule<List<String>> CIDRS = new Rule<>(
            "comma-separated IPv4 or IPv6 networks, `address/prefix`",
            text -> Rule.parts(text, ",").stream().map(Networks::network).toList());

    static final Rule<URI> URL = new Rule<>("an `http` or `https` address", Networks::url);

    /** The text as it is, since its placeholders are filled in later. */
    static final Rule<String> URL_TEMPLATE = new Rule<>(
            "an `http` or `https` address, in which `{channel}` stands for the update channel", Networks::template);

    private Networks() {}

    private static InetAddress usable(String text) {
        InetAddress address = literal(text);
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            throw new Refusal("no address that one machine can have");
        }
        return address;
    }

    private static InetAddress literal(String text) {
        // The short forms of IPv4 ("10.1") and scopes of IPv6 are refused: Kubernetes and Core refuse them, too.
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") && !text.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            throw new Refusal("`%s` is no IPv4 or IPv6 address".formatted(text));
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            throw new Refusal("`%s` is no IPv4 or IPv6 address".formatted(text));
        }
    }

    private static String network(String text) {
        int slash = text.indexOf('/');
        Cidr address = Cidr.of(literal(slash < 0 ? text : text.substring(0, slash)));
        if (slash < 0) {
            throw new Refusal(
                    "`%s` has no prefix; one address alone is `%s/%d`".formatted(text, text, address.prefix()));
        }
        String digits = text.substring(slash + 1);
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > address.prefix()) {
            throw new Refusal("`%s` has a prefix that is not in 0 to %d".formatted(text, address.prefix()));
        }
        refuseHostBits(text, new Cidr(address.address(), Integer.parseInt(digits)));
        return text;
    }

    /** Core refuses its whole {@code http:} section when a trusted proxy has host bits. */
    private static void refuseHostBits(String text, Cidr given) {
        if (!given.network().equals(given)) {
            throw new Refusal("`%s` has host bits; its network is `%s`"
                    .formatted(text, given.network().text()));
        }
    }

    private static String template(String text) {
        url(text.replace("{channel}", "stable"));
        return text;
    }

    private static URI url(String text) {
        try {
            URI address = new URI(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (!List.of("http", "https").contains(scheme) || address.getHost() == null) {
                throw new Refusal("not an `http` or `https` address with a host");
            }
            return address;
        } catch (URISyntaxException _) {
            throw new Refusal("not an address");
        }
    }
}
