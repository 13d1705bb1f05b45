package hakube.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.Json;
import hakube.config.Cidr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of the files and interfaces of a pod; addresses of real pod networks. */
class NetworkInfoTest {

    private static final String RESOLVER = """
            # made by the kubelet
            search home-assistant.svc.cluster.local svc.cluster.local cluster.local
            nameserver fd00:10:96::a
            nameserver   10.96.0.10
            nameserver not-an-address
            nameserver
            options ndots:5
            """;
    private static final String ROUTES = """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth0\t00002A0A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
            eth1\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
            eth0\t00000000\t01002A0A\t0003\t0\t0\t0\t00000000\t0\t0\t0
            """;

    @Test
    void aPodOfTwoFamiliesIsOneInterface() {
        Link link = new Link("eth0", "02:42:0a:2a:00:11", List.of(cidr("fd00:42::11", 64), cidr("10.42.0.17", 24)));
        NetworkInfo info = NetworkInfo.of(link, Resolver.of(RESOLVER), new Routes(ROUTES).gatewayOf("eth0"), true);

        assertEquals(
                ("{'docker':{'address':'10.42.0.0/24','dns':'10.96.0.10','gateway':'10.42.0.1','interface':'eth0'},"
                                + "'host_internet':null,'interfaces':[{'connected':true,'enabled':true,'interface':'eth0',"
                                + "'ipv4':{'address':['10.42.0.17/24'],'gateway':'10.42.0.1','method':'auto',"
                                + "'nameservers':['10.96.0.10'],'ready':true,'route_metric':null},"
                                + "'ipv6':{'addr_gen_mode':'default','address':['fd00:42:0:0:0:0:0:11/64'],'gateway':null,"
                                + "'ip6_privacy':'default','method':'auto','nameservers':['fd00:10:96:0:0:0:0:a'],"
                                + "'ready':true,'route_metric':null},'llmnr':null,'mac':'02:42:0a:2a:00:11',"
                                + "'mdns':null,'primary':true,'type':'ethernet','vlan':null,'wifi':null}],"
                                + "'supervisor_internet':true}")
                        .replace('\'', '"'),
                Json.wire().toJson(info));
    }

    /** Clients parse four IPv4 texts and no null. */
    @Test
    void aPodOfIpv6AloneStillParses() {
        Link link = new Link("eth0", "02:42:0a:2a:00:11", List.of(cidr("fd00:42::11", 128)));
        NetworkInfo info =
                NetworkInfo.of(link, Resolver.of("nameserver fd00::a"), new Routes(ROUTES).gatewayOf("none"), false);

        assertEquals(new NetworkInfo.Docker("eth0", "0.0.0.0/32", "0.0.0.0", "0.0.0.0"), info.docker());
        assertNull(info.interfaces().getFirst().ipv4());
        assertEquals(
                List.of("fd00:42:0:0:0:0:0:11/128"),
                info.interfaces().getFirst().ipv6().address());
    }

    @Test
    void whereNothingIsKnownThereStillIsAnInterface() {
        NetworkInfo info = NetworkInfo.of(Link.NONE, Resolver.of(""), Optional.empty(), true);

        assertEquals(1, info.interfaces().size());
        assertEquals(false, info.interfaces().getFirst().connected());
    }

    @ParameterizedTest
    @CsvSource({
        "10.42.3.17,24,10.42.3.0/24",
        "10.42.3.17,16,10.42.0.0/16",
        "10.42.3.17,22,10.42.0.0/22",
        "10.42.3.255,25,10.42.3.128/25",
        "10.42.3.17,32,10.42.3.17/32",
        "10.42.3.17,0,0.0.0.0/0",
    })
    void aNetworkHasNoBitsOfTheHost(String address, int prefix, String network) {
        assertEquals(network, cidr(address, prefix).network().text());
    }

    @Test
    void theGatewayIsThatOfTheInterface() {
        assertEquals(Optional.of("192.168.2.1"), new Routes(ROUTES).gatewayOf("eth1"));
        assertEquals(Optional.empty(), new Routes(ROUTES).gatewayOf("eth2"));
        assertEquals(Optional.empty(), new Routes("").gatewayOf("eth0"));
        assertEquals(Optional.empty(), new Routes("eth0\t00000000\tnonsense\t0\t0\t0\t0\t00000000").gatewayOf("eth0"));
    }

    @Test
    void theFirstResolverIsOneOfIpv4() {
        assertEquals(Optional.of("10.96.0.10"), Resolver.of(RESOLVER).first());
        assertEquals(
                Optional.of("fd00:0:0:0:0:0:0:a"),
                Resolver.of("nameserver fd00::a").first());
        assertEquals(Optional.empty(), Resolver.of("").first());
    }

    @Test
    void dnsIsThatOfTheCluster() {
        PlugIn.Dns dns = PlugIn.Dns.of(Resolver.of(RESOLVER));

        assertEquals("10.96.0.10", dns.host());
        assertEquals(List.of("dns://fd00:10:96:0:0:0:0:a", "dns://10.96.0.10"), dns.locals());
        assertEquals(List.of(), dns.servers());
        assertEquals("0.0.0.0", PlugIn.Dns.of(Resolver.of("")).host());
    }

    /** The machine's own loopback is the one interface that every machine has. */
    @Test
    void anInterfaceIsFoundByItsAddress() {
        Link link = Link.of(Optional.of(InetAddress.getLoopbackAddress()));

        assertEquals("lo", link.name());
        assertEquals("", link.mac());
        assertTrue(link.addresses(true).stream().map(Cidr::text).anyMatch("127.0.0.1/8"::equals), () -> link.addresses()
                .toString());
    }

    @Test
    void theInterfaceOfAnAddressIsNotPartOfItsText() throws Exception {
        byte[] bytes = InetAddress.ofLiteral("fd00::7").getAddress();
        assertEquals("fd00:0:0:0:0:0:0:7", Cidr.text(Inet6Address.getByAddress(null, bytes, 3)));
    }

    private static Cidr cidr(String address, int prefix) {
        return new Cidr(InetAddress.ofLiteral(address), prefix);
    }
}
