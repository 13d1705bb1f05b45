package hakube.api;

import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.message.internal.CommittingOutputStream;

/**
 * Lets streams out as they are written, and takes it calmly when the client of one goes. Jersey 3.1.10 gathers the first 8 KiB of
 * every answer and takes no notice of a flush meanwhile, so that whoever follows a quiet log would see nothing of it; and it
 * reports each client that left as an error.
 */
@Provider
public final class LiveAnswers implements WriterInterceptor {

    private static final Logger LOG = Logger.getLogger(LiveAnswers.class.getName());

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (context.getEntity() instanceof StreamingOutput
                && context.getOutputStream() instanceof CommittingOutputStream stream) {
            stream.enableBuffering(0);
            proceed(context, new ToClient(stream));
        } else {
            context.proceed();
        }
    }

    private static void proceed(WriterInterceptorContext context, ToClient client) throws IOException {
        context.setOutputStream(client);
        try {
            context.proceed();
        } catch (IOException | RuntimeException failure) {
            if (!client.hasLeft) {
                throw failure;
            }
            LOG.log(Level.FINE, "The client of a stream has left", failure);
        }
    }

    /** Knows whether it was the client's side that failed. */
    private static final class ToClient extends FilterOutputStream {

        private boolean hasLeft;

        ToClient(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            attempt(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            if (!hasLeft) {
                attempt(out::flush);
            }
        }

        /** Jersey flushes and closes in any case; what could not be sent before is not told a second time. */
        @Override
        public void close() throws IOException {
            try {
                attempt(out::close);
            } catch (IOException | RuntimeException failure) {
                LOG.log(Level.FINE, "The client of a stream has left before its end", failure);
            }
        }

        private void attempt(Sending sending) throws IOException {
            try {
                sending.run();
            } catch (IOException | RuntimeException failure) {
                hasLeft = true;
                throw failure;
            }
        }

        private interface Sending {
            void run() throws IOException;
        }
    }
}
