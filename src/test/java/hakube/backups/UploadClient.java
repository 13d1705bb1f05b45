package hakube.backups;

import com.google.gson.JsonParser;
import hakube.testing.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client that uploads backups, in the form that the Python client gives them. */
final class UploadClient implements AutoCloseable {

    static final String UPLOAD = "/backups/new/upload";
    static final String BOUNDARY = "5ad0c1f2b3";
    static final String MULTIPART = "multipart/form-data; boundary=\"" + BOUNDARY + "\"";

    private final RawHttp raw;

    UploadClient(URI server) {
        this.raw = new RawHttp(server);
    }

    RawHttp.Answer upload(String path, String token, byte[] archive) throws IOException {
        return send(path, body(archive), token(token), type(MULTIPART));
    }

    /** Any body, whose length is known. */
    RawHttp.Answer send(String path, byte[] body, String... headers) throws IOException {
        return raw.send("POST", path, body, headers);
    }

    /** The same in chunks of that many octets, as the Python client does it. */
    RawHttp.Answer chunked(String path, String token, byte[] body, int chunk) throws IOException {
        return raw.exchange("POST", out -> {
            out.write((RawHttp.head("POST", path, token(token), type(MULTIPART)) + "Transfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream chunks = new ByteArrayOutputStream();
            for (int at = 0; at < body.length; at += chunk) {
                chunk(chunks, Arrays.copyOfRange(body, at, Math.min(at + chunk, body.length)));
            }
            chunk(chunks, new byte[0]);
            chunks.writeTo(out);
        });
    }

    /** One chunk of a body; the last one is empty. */
    static void chunk(OutputStream out, byte[] octets) throws IOException {
        out.write((Integer.toHexString(octets.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(octets);
        out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The form of an archive. */
    static byte[] body(byte[] archive) {
        return form(
                "Content-Type: application/octet-stream\r\nContent-Disposition: form-data; name=\"section-0\"",
                archive,
                "");
    }

    /**
     * A form whose first field is an archive.
     *
     * @param headers of that field
     * @param more fields, each with the boundary before it; may be empty
     */
    static byte[] form(String headers, byte[] archive, String more) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        form.writeBytes(archive);
        form.writeBytes((more + "\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    static String token(String token) {
        return "X-Supervisor-Token: " + token;
    }

    static String type(String type) {
        return "Content-Type: " + type;
    }

    static String message(RawHttp.Answer answer) {
        return JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .get("message")
                .getAsString();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
