package hakube.core;

import hakube.config.Cidr;
import hakube.config.Settings;
import hakube.ports.ExternalPort;
import hakube.relay.CoreLinkConfig;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1IPBlock;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyIngressRule;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPeer;
import io.kubernetes.client.openapi.models.V1NetworkPolicyPort;
import io.kubernetes.client.openapi.models.V1NetworkPolicySpec;
import java.util.List;
import java.util.Map;

/**
 * The NetworkPolicy that leaves the Core link to the Supervisor, and every other port of Core open as it was. Pure. The link's
 * token is the lock; this only spares others the door.
 *
 * @param ownAddresses those of a Supervisor outside of the cluster; inside of it its pod is named instead
 */
record CoreLinkPolicy(CoreOptions options, Settings settings, List<Cidr> ownAddresses) {

    static final String NAME = "homeassistant-link";

    V1NetworkPolicy policy() {
        return new V1NetworkPolicy()
                .metadata(CoreLabels.metadata(NAME, options))
                .spec(new V1NetworkPolicySpec()
                        .podSelector(new V1LabelSelector().matchLabels(CoreLabels.SELECTOR))
                        .addPolicyTypesItem("Ingress")
                        .addIngressItem(new V1NetworkPolicyIngressRule()
                                .from(supervisor())
                                .addPortsItem(ports("TCP", CoreLinkConfig.PORT, CoreLinkConfig.PORT)))
                        .addIngressItem(new V1NetworkPolicyIngressRule()
                                .addPortsItem(ports("TCP", 1, CoreLinkConfig.PORT - 1))
                                .addPortsItem(ports("TCP", CoreLinkConfig.PORT + 1, ExternalPort.HIGHEST))
                                .addPortsItem(ports("UDP", 1, ExternalPort.HIGHEST))));
    }

    private List<V1NetworkPolicyPeer> supervisor() {
        if (settings.cluster().kubeconfig().isEmpty()) {
            String pod = settings.supervisor().name() + "-0";
            return List.of(new V1NetworkPolicyPeer()
                    .podSelector(new V1LabelSelector().matchLabels(Map.of("statefulset.kubernetes.io/pod-name", pod))));
        }
        return ownAddresses.stream()
                .map(address -> new V1NetworkPolicyPeer().ipBlock(new V1IPBlock().cidr(address.text())))
                .toList();
    }

    private static V1NetworkPolicyPort ports(String protocol, int first, int last) {
        V1NetworkPolicyPort port = new V1NetworkPolicyPort().protocol(protocol).port(new IntOrString(first));
        return last == first ? port : port.endPort(last);
    }
}
