package hakube.access;

import io.helidon.common.Weight;
import io.helidon.common.Weighted;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ProtocolConfigs;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionProvider;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/**
 * HTTP/1.1 with the contract's limits, and with its answers where the server refuses by itself. Found by the server as a service,
 * ahead of Helidon's own, which it only furnishes.
 */
@Weight(Weighted.DEFAULT_WEIGHT + 100)
public final class ContractHttp1 extends Http1ConnectionProvider {

    /** A request line; octets. */
    static final int REQUEST_LINE = 24570;

    /** All headers of a request together; octets. The contract's limit is {@link #REQUEST_LINE} for each of them. */
    static final int HEADERS = 64 * 1024;

    /** For the loader of services. */
    @SuppressWarnings("deprecation") // of the parent's, which is for the same use
    public ContractHttp1() {}

    @Override
    public ServerConnectionSelector create(String socket, Http1Config config, ProtocolConfigs configs) {
        Http1Config limited = Http1Config.builder(config)
                .maxPrologueLength(REQUEST_LINE)
                .maxHeadersSize(HEADERS)
                .build();
        return new Selector(super.create(socket, limited, configs));
    }

    private record Selector(ServerConnectionSelector plain) implements ServerConnectionSelector {

        @Override
        public int bytesToIdentifyConnection() {
            return plain.bytesToIdentifyConnection();
        }

        /** Whatever it is: Helidon's own would close the connection without a word. */
        @Override
        public Support supports(BufferData data) {
            return Support.SUPPORTED;
        }

        @Override
        public Set<String> supportedApplicationProtocols() {
            return plain.supportedApplicationProtocols();
        }

        @Override
        public ServerConnection connection(ConnectionContext context) {
            return context.listenerContext()
                    .context()
                    .get(ConnectionSeeker.class)
                    .flatMap(seeker -> seeker.take(context, this))
                    .orElseGet(() -> new SwitchingConnection(plain.connection(new ContractConnection(context))));
        }
    }
}
