package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SecureTar, octet for octet, as upstream's own library wrote it ({@code vectors.json}). */
class VectorsTest {

    static List<JsonObject> vectors() {
        return ArchiveFixtures.vectors();
    }

    static List<JsonObject> second() {
        return of(2);
    }

    static List<JsonObject> third() {
        return of(3);
    }

    private static List<JsonObject> of(int version) {
        return vectors().stream()
                .filter(vector -> vector.getInt("version") == version)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("second")
    void keysOfTheSecondVersionAreThose(JsonObject vector) {
        CbcKey key = CbcKey.of(password(vector), octets(vector, "salt"));

        assertArrayEquals(octets(vector, "key"), key.key());
        assertArrayEquals(octets(vector, "iv"), key.start());
    }

    @ParameterizedTest
    @MethodSource("third")
    void keysOfTheThirdVersionAreThose(JsonObject vector) {
        RootKey key = RootKey.of(password(vector), octets(vector, "root_salt"));

        assertArrayEquals(octets(vector, "root_key"), key.key());
        assertArrayEquals(octets(vector, "validation_key"), key.derived(octets(vector, "validation_salt")));
        assertArrayEquals(octets(vector, "stream_key"), key.derived(octets(vector, "derivation_salt")));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatIsEncryptedIsThat(JsonObject vector) throws IOException {
        byte[] content = content(vector);
        byte[] header = octets(vector, "header");
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.write(SecureHeader.read(new ByteArrayInputStream(header)).bytes());
        try (OutputStream encrypted = encryption(vector).before(framed)) {
            // In uneven pieces, as they come out of a compressor.
            for (int at = 0; at < content.length; at += 77_777) {
                encrypted.write(content, at, Math.min(77_777, content.length - at));
            }
        }

        byte[] made = framed.toByteArray();
        assertEquals(header.length + vector.getInt("ciphertext_size"), made.length);
        assertEquals(
                vector.getString("framed_sha256"),
                HexFormat.of().formatHex(Digests.sha256().digest(made)));
    }

    @ParameterizedTest
    @MethodSource("third")
    void whatIsDecryptedIsThat(JsonObject vector) throws IOException {
        byte[] content = content(vector);
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.write(octets(vector, "header"));
        try (OutputStream encrypted = encryption(vector).before(framed)) {
            encrypted.write(content);
        }

        Unsealed unsealed =
                Unsealed.open(new ByteArrayInputStream(framed.toByteArray()), framed.size(), password(vector));

        assertEquals(3, unsealed.version());
        assertArrayEquals(content, unsealed.content().readAllBytes());
    }

    /** Of the second version, whose begin has to be one of a tar, the round trips tell. */
    @ParameterizedTest
    @MethodSource("second")
    void whatIsDecryptedOfTheSecondVersionIsThat(JsonObject vector) throws IOException {
        byte[] content = content(vector);
        ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
        CbcKey key = CbcKey.of(password(vector), octets(vector, "salt"));
        try (OutputStream target = new CbcOutput(encrypted, key)) {
            target.write(content);
        }

        assertArrayEquals(
                content,
                new CbcInput(new ByteArrayInputStream(encrypted.toByteArray()), encrypted.size(), key, true)
                        .readAllBytes());
    }

    private static Sealer.Encryption encryption(JsonObject vector) {
        return vector.getInt("version") == 2
                ? target -> new CbcOutput(target, CbcKey.of(password(vector), octets(vector, "salt")))
                : target -> new SecretOutput(
                        target, new SecretStream(octets(vector, "stream_key"), octets(vector, "stream_header")));
    }

    private static byte[] content(JsonObject vector) {
        JsonObject rule = vector.getJsonObject("plaintext");
        byte[] content = new byte[rule.getInt("size")];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * rule.getInt("a") + rule.getInt("c") + (i >> 8));
        }
        return content;
    }

    private static Password password(JsonObject vector) {
        return Password.of(vector.getString("password")).orElseThrow();
    }

    private static byte[] octets(JsonObject vector, String key) {
        return HexFormat.of().parseHex(vector.getString(key));
    }
}
