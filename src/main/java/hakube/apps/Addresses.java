package hakube.apps;

import java.util.List;
import java.util.regex.Pattern;

/** Addresses of people and things as the validator of upstream (voluptuous 0.15) accepts them. */
final class Addresses {

    private static final Pattern ATOM = Pattern.compile("[-!#$%&'*+/=?^_`{}|~0-9A-Za-z]+");
    private static final Pattern QUOTED = Pattern.compile("[\\x01-\\x08\\x0b\\x0c\\x0e-\\x21\\x23-\\x5b\\x5d-\\x7f]*");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern LAST_LABEL = Pattern.compile("[A-Za-z0-9-]{2,}");
    private static final Pattern BRACKETED = Pattern.compile("\\[[0-9]{1,3}(?:\\.[0-9]{1,3}){3}]");
    private static final Pattern SCHEME_AND_HOST = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#]");
    private static final int HIGHEST_BYTE = 255;

    private Addresses() {}

    /** A local part of atoms or in quotes, and a domain with a dot or an IPv4 address in brackets. */
    static boolean isEmail(String text) {
        int at = text.lastIndexOf('@');
        return at > 0 && isLocalPart(text.substring(0, at)) && isDomain(text.substring(at + 1));
    }

    /** Any scheme and a host. */
    static boolean isUrl(String text) {
        return SCHEME_AND_HOST.matcher(text).lookingAt();
    }

    private static boolean isLocalPart(String text) {
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            String bare = text.substring(1, text.length() - 1).replaceAll("\\\\[\\x01-\\x09\\x0b\\x0c\\x0e-\\x7f]", "");
            return QUOTED.matcher(bare).matches();
        }
        return List.of(text.split("\\.", -1)).stream()
                .allMatch(atom -> ATOM.matcher(atom).matches());
    }

    private static boolean isDomain(String text) {
        if (text.startsWith("[")) {
            return BRACKETED.matcher(text).matches()
                    && List.of(text.substring(1, text.length() - 1).split("\\.", -1)).stream()
                            .allMatch(part -> Integer.parseInt(part) <= HIGHEST_BYTE);
        }
        List<String> labels =
                List.of((text.endsWith(".") ? text.substring(0, text.length() - 1) : text).split("\\.", -1));
        return labels.size() > 1
                && labels.subList(0, labels.size() - 1).stream()
                        .allMatch(label -> LABEL.matcher(label).matches())
                && LAST_LABEL.matcher(labels.getLast()).matches();
    }
}
