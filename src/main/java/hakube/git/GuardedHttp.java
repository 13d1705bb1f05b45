package hakube.git;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import java.time.Duration;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.eclipse.jgit.util.HttpSupport;

/** Connections of one fetch over HTTP: each is a hop, and what comes over it is counted. */
final class GuardedHttp implements HttpConnectionFactory {

    private final Meter meter;
    private final Hops hops;

    GuardedHttp(Meter meter, Hops hops) {
        this.meter = meter;
        this.hops = hops;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    /** Behind a proxy it is the proxy that resolves names, and that decides. */
    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        if (proxy.type() == Proxy.Type.DIRECT) {
            String host = url.getHost();
            hops.admit(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        }
        return new Connection(url, proxy, meter);
    }

    private static final class Connection extends JDKHttpConnection {

        private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(10).toMillis();
        private static final int READ_MILLIS = (int) Duration.ofSeconds(30).toMillis();

        private final Meter meter;

        Connection(URL url, Proxy proxy, Meter meter) throws IOException {
            super(url, proxy);
            this.meter = meter;
            super.setConnectTimeout(CONNECT_MILLIS);
            super.setReadTimeout(READ_MILLIS);
        }

        @Override
        public void setConnectTimeout(int millis) {}

        @Override
        public void setReadTimeout(int millis) {}

        /** What is packed twice would be counted as it comes and kept as what it becomes. */
        @Override
        public void setRequestProperty(String key, String value) {
            if (!key.equalsIgnoreCase(HttpSupport.HDR_ACCEPT_ENCODING)) {
                super.setRequestProperty(key, value);
            }
        }

        @Override
        public String getHeaderField(String name) {
            return name.equalsIgnoreCase(HttpSupport.HDR_CONTENT_ENCODING) ? null : super.getHeaderField(name);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new MeteredInput(super.getInputStream(), meter::received);
        }
    }
}
