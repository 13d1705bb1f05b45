package hakube.archive;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A name as file systems and archives have it: octets, which mostly are UTF-8 and need not be. Java's own texts lose what is none.
 *
 * @param octets each as one character
 */
record RawName(String octets) {

    static final RawName NONE = new RawName("");

    static RawName of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static RawName of(byte[] bytes, int from, int length) {
        return new RawName(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    }

    static RawName ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a relative or absolute path. An URI is the only way to the octets of a path. */
    static RawName of(Path path) {
        String text = path.toString();
        if (isAscii(text)) {
            return new RawName(text);
        }
        String absolute = octetsOf(path.toAbsolutePath());
        return new RawName(
                path.isAbsolute()
                        ? absolute
                        : absolute.substring(
                                octetsOf(Path.of("").toAbsolutePath().resolve("x"))
                                                .length()
                                        - 1));
    }

    boolean isEmpty() {
        return octets.isEmpty();
    }

    boolean isAscii() {
        return isAscii(octets);
    }

    boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    byte[] bytes() {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** For people: what is no UTF-8 is replaced. */
    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    String forLog() {
        return ForLog.of(text());
    }

    /** {@code name} below this; below {@code .} as it is. */
    RawName resolve(RawName name) {
        return octets.isEmpty() || octets.equals(".") ? name : new RawName(octets + "/" + name.octets);
    }

    /** As a path of its own, relative or absolute. */
    Path path() {
        if (isAscii()) {
            return Path.of(octets);
        }
        Path absolute = Path.of(URI.create("file:///" + escaped()));
        return octets.startsWith("/") ? absolute : absolute.subpath(0, absolute.getNameCount());
    }

    private String escaped() {
        StringBuilder uri = new StringBuilder(octets.length() * 3);
        octets.replaceFirst("^/+", "").chars().forEach(octet -> {
            if (octet == '/') {
                uri.append('/');
            } else {
                uri.append('%').append("%02x".formatted(octet));
            }
        });
        return uri.toString();
    }

    private static String octetsOf(Path absolute) {
        String uri = absolute.toUri().getRawPath();
        StringBuilder octets = new StringBuilder(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) == '%') {
                octets.append((char) Integer.parseInt(uri, i + 1, i + 3, 16));
                i += 2;
            } else {
                octets.append(uri.charAt(i));
            }
        }
        // One is put behind what happens to be a directory.
        boolean isAdded = octets.length() > 1 && octets.charAt(octets.length() - 1) == '/';
        return isAdded ? octets.substring(0, octets.length() - 1) : octets.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
