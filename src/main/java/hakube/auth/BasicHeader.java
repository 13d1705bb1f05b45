package hakube.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Header {@code Authorization} of basic authentication (RFC 7617). */
final class BasicHeader {

    private static final String SCHEME = "Basic";

    private BasicHeader() {}

    /** Empty for any other scheme, and for what cannot be decoded. */
    static Optional<Credentials> decode(String header) {
        String[] parts = header.strip().split(" +", 2);
        if (parts.length < 2 || !parts[0].equalsIgnoreCase(SCHEME)) {
            return Optional.empty();
        }
        try {
            String text = text(Base64.getDecoder().decode(parts[1]));
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** Today's clients send UTF-8, which upstream reads as Latin-1; what is no UTF-8 is that. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException older) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
