package hakube.git;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TcpTransport;
import org.eclipse.jgit.transport.URIish;

/** The {@code git} protocol (gitprotocol-pack), to an address that was admitted and counted as it comes. JGit's own does neither. */
final class GitSocketTransport extends TcpTransport implements PackTransport {

    private static final int PORT = 9418;
    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(10).toMillis();
    private static final int READ_MILLIS = (int) Duration.ofSeconds(30).toMillis();

    private final Meter meter;
    private final Hops hops;

    GitSocketTransport(Repository local, URIish address, Meter meter, Hops hops) {
        super(local, address);
        this.meter = meter;
        this.hops = hops;
    }

    GitSocketTransport(URIish address, Meter meter, Hops hops) {
        super(address);
        this.meter = meter;
        this.hops = hops;
    }

    @Override
    public FetchConnection openFetch() throws TransportException {
        return openFetch(List.of());
    }

    @Override
    public FetchConnection openFetch(Collection<RefSpec> wanted, String... patterns) throws TransportException {
        return new Connection(wanted, patterns);
    }

    @Override
    public PushConnection openPush() throws NotSupportedException {
        throw new NotSupportedException("nothing is ever pushed");
    }

    @Override
    public void close() {}

    private final class Connection extends BasePackFetchConnection {

        private Socket socket;

        Connection(Collection<RefSpec> wanted, String... patterns) throws TransportException {
            super(GitSocketTransport.this);
            try {
                connect();
                // The second zero begins the extra parameters, which an old server ignores.
                pckOut.writeString("git-upload-pack " + uri.getPath() + "\0host=" + uri.getHost() + "\0\0version=2\0");
                pckOut.flush();
            } catch (IOException e) {
                close();
                throw new TransportException(uri, String.valueOf(e.getMessage()), e);
            }
            if (!readAdvertisedRefs()) {
                lsRefs(wanted, patterns);
            }
        }

        private void connect() throws IOException {
            int port = uri.getPort() > 0 ? uri.getPort() : PORT;
            InetSocketAddress address = new InetSocketAddress(hops.admit(uri.getHost()), port);
            socket = new Socket();
            socket.setSoTimeout(READ_MILLIS);
            socket.connect(address, CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            init(
                    new MeteredInput(new BufferedInputStream(socket.getInputStream()), meter::received),
                    new BufferedOutputStream(socket.getOutputStream()));
        }

        @Override
        public void close() {
            super.close();
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                // It is gone in any case.
            }
        }
    }
}
