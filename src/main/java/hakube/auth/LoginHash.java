package hakube.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The hashes of {@code auth.json}, those of upstream's {@code supervisor/auth.py}, so that a file that moves from there or back
 * keeps its worth: 19 rounds of SHA-256, each over the former's hex digits, its own number and the salt.
 */
final class LoginHash {

    /** 64 hex digits. */
    static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private static final int ROUNDS = 19;

    private LoginHash() {}

    static String ofUsername(String username) {
        return hash(username, "");
    }

    /** The user's name is the salt. */
    static String ofPassword(Credentials credentials) {
        return hash(credentials.password(), credentials.username());
    }

    private static String hash(String text, String salt) {
        MessageDigest sha256 = sha256();
        String hash = text;
        for (int round = 1; round <= ROUNDS; round++) {
            hash = HexFormat.of().formatHex(sha256.digest((hash + round + salt).getBytes(StandardCharsets.UTF_8)));
        }
        return hash;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
