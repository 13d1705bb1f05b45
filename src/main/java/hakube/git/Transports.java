package hakube.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/** How each accepted kind of address is asked, under one meter. */
final class Transports {

    private final Set<String> schemes;
    private final Meter meter;
    private final Hops hops = new Hops();

    Transports(Set<String> schemes, Meter meter) {
        this.schemes = schemes;
        this.meter = meter;
    }

    /** @throws Refused the address is of a kind that is not accepted */
    Transport open(Repository into, GitAddress address) throws IOException {
        String scheme = address.scheme();
        if (!schemes.contains(scheme)) {
            throw new Refused("addresses that begin with " + scheme + ":// are not accepted, only "
                    + String.join(", ", new TreeSet<>(schemes)) + " (SUPERVISOR_REPOSITORY_SCHEMES)");
        }
        Transport transport = open(into, scheme, parse(address));
        transport.setTagOpt(TagOpt.NO_TAGS);
        transport.setDepth(1);
        transport.setFetchThin(false);
        return transport;
    }

    /** To ask what there is, not to fetch it. */
    Transport open(GitAddress address) throws IOException {
        return open(null, address);
    }

    private Transport open(Repository into, String scheme, URIish address) throws IOException {
        return switch (scheme) {
            case "http", "https" -> {
                TransportHttp transport = (TransportHttp) plain(into, address);
                transport.setHttpConnectionFactory(new GuardedHttp(meter, hops));
                yield transport;
            }
            case "git" ->
                into == null
                        ? new GitSocketTransport(address, meter, hops)
                        : new GitSocketTransport(into, address, meter, hops);
            case "file" -> plain(into, address);
            default -> throw new Refused("addresses that begin with " + scheme + ":// cannot be asked");
        };
    }

    private static Transport plain(Repository into, URIish address) throws IOException {
        return into == null ? Transport.open(address) : Transport.open(into, address);
    }

    private static URIish parse(GitAddress address) throws Refused {
        try {
            URIish parsed = new URIish(address.url());
            if (!address.scheme().equals("file") && (parsed.getHost() == null || parsed.getPath() == null)) {
                throw new Refused("the address has no host or no path");
            }
            return parsed;
        } catch (URISyntaxException e) {
            throw new Refused("the address is none: " + GitAddress.withoutUsers(e.getMessage()));
        }
    }
}
