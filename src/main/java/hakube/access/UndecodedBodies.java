package hakube.access;

import io.helidon.http.Headers;
import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.encoding.ContentEncodingContextConfig;

/**
 * Lets a body with a {@code Content-Encoding} in as it is. Helidon 4.2.6 answers 400 where it has no decoder, which takes from apps what
 * browsers send them; whoever reads such a body here sees the encoded octets.
 */
record UndecodedBodies(ContentEncodingContext plain) implements ContentEncodingContext {

    @Override
    public boolean contentDecodingEnabled() {
        return true;
    }

    @Override
    public boolean contentDecodingSupported(String encoding) {
        return true;
    }

    @Override
    public ContentDecoder decoder(String encoding) {
        return ContentDecoder.NO_OP;
    }

    @Override
    public boolean contentEncodingEnabled() {
        return plain.contentEncodingEnabled();
    }

    @Override
    public boolean contentEncodingSupported(String encoding) {
        return plain.contentEncodingSupported(encoding);
    }

    @Override
    public ContentEncoder encoder(String encoding) {
        return plain.encoder(encoding);
    }

    @Override
    public ContentEncoder encoder(Headers headers) {
        return plain.encoder(headers);
    }

    @Override
    public ContentEncodingContextConfig prototype() {
        return plain.prototype();
    }
}
