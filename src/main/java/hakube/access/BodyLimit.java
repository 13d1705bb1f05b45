package hakube.access;

import hakube.api.ApiFailure;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads the bodies that resources take whole: up to {@value #LIMIT} octets, whatever length the client claims, and as UTF-8, whatever
 * content type it names. Uploads stream and are left alone.
 *
 * <p>All bodies of more than 64 KiB share {@value #LIMIT} octets of memory, and each of them has 30 s to come ({@link LargeBodies}).
 */
@Provider
public final class BodyLimit implements ContainerRequestFilter, ReaderInterceptor, ContainerResponseFilter {

    static final int LIMIT = 16 * 1024 * 1024;
    private static final int SMALL = 64 * 1024;
    private static final String SHARE = "hakube.body.share";

    private static final LargeBodies LARGE = new LargeBodies(LIMIT, Duration.ofSeconds(10), Duration.ofSeconds(30));

    @Context
    private UriInfo uri;

    /** Before JAX-RS looks whether there is a body at all, for which it waits. */
    @Override
    public void filter(ContainerRequestContext request) {
        boolean isRead = request.getMethod().equals(HttpMethod.GET)
                || request.getMethod().equals(HttpMethod.HEAD);
        String claimed = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (claimed != null && Long.parseLong(claimed) > LIMIT && !isRead && !isUpload()) {
            throw tooLarge(Long.parseLong(claimed));
        }
        request.setEntityStream(new SoundBody(request.getEntityStream()));
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext request) throws IOException {
        if (isUpload()) {
            return request.proceed();
        }
        byte[] body = read(request);
        if (request.getType() == String.class) {
            return text(body);
        }
        request.setInputStream(new ByteArrayInputStream(body));
        return request.proceed();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(SHARE) instanceof Integer share) {
            request.removeProperty(SHARE);
            LARGE.release(share);
        }
    }

    private boolean isUpload() {
        return uri.getPath().endsWith("backups/new/upload");
    }

    private static byte[] read(ReaderInterceptorContext request) throws IOException {
        String claimed = request.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH);
        return claimed == null
                ? readChunks(request, request.getInputStream())
                : read(request, request.getInputStream(), Integer.parseInt(claimed));
    }

    private static byte[] read(ReaderInterceptorContext request, InputStream in, int length) throws IOException {
        return length > SMALL ? large(request, length, () -> readAll(length, in)) : in.readNBytes(length);
    }

    /** At once into its place: a second copy would cost as much memory again. */
    private static byte[] readAll(int length, InputStream in) throws IOException {
        byte[] body = new byte[length];
        int read = in.readNBytes(body, 0, length);
        return read == length ? body : Arrays.copyOf(body, read);
    }

    private static byte[] readChunks(ReaderInterceptorContext request, InputStream in) throws IOException {
        byte[] begin = in.readNBytes(SMALL + 1);
        return begin.length > SMALL ? large(request, LIMIT, () -> readOn(begin, in)) : begin;
    }

    private static byte[] readOn(byte[] begin, InputStream in) throws IOException {
        byte[] rest = in.readNBytes(LIMIT - begin.length + 1);
        int length = begin.length + rest.length;
        if (length > LIMIT) {
            throw tooLarge(length);
        }
        return ByteBuffer.allocate(length).put(begin).put(rest).array();
    }

    private static byte[] large(ReaderInterceptorContext request, int share, LargeBodies.Reading reading)
            throws IOException {
        byte[] body = LARGE.read(share, reading);
        request.setProperty(SHARE, share);
        return body;
    }

    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        // Only then it may have been no UTF-8; the strict reader needs four times the memory.
        if (text.indexOf('\ufffd') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            } catch (CharacterCodingException e) {
                throw new ApiFailure.BadRequest("Invalid json", e);
            }
        }
        return text;
    }

    /** In the words of upstream's server. */
    private static WebApplicationException tooLarge(long actual) {
        return new WebApplicationException(Response.status(Response.Status.REQUEST_ENTITY_TOO_LARGE)
                .type(MediaType.TEXT_PLAIN)
                .entity("Maximum request body size " + LIMIT + " exceeded, actual body size " + actual)
                .build());
    }

    /** A body that breaks off, or whose chunks are none, is the client's fault. */
    private static final class SoundBody extends InputStream {

        private final InputStream in;

        SoundBody(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            try {
                return in.read();
            } catch (IOException | RuntimeException e) {
                throw new BadRequestException(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException | RuntimeException e) {
                throw new BadRequestException(e);
            }
        }

        /** Closing would read on, and {@link LastRequest} does that anyway. */
        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
