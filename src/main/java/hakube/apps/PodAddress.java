package hakube.apps;

import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodIP;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The IPv4 address of a pod; clients read nothing else. */
final class PodAddress {

    /** What stands for none. */
    static final String NONE = "0.0.0.0";

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

    private PodAddress() {}

    static Optional<String> of(V1Pod pod) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        List<V1PodIP> all = pod.getStatus().getPodIPs() == null
                ? List.of()
                : pod.getStatus().getPodIPs();
        return Stream.concat(
                        Stream.ofNullable(pod.getStatus().getPodIP()),
                        all.stream().map(V1PodIP::getIp))
                .filter(PodAddress::isIpv4)
                .findFirst();
    }

    static boolean isIpv4(String address) {
        return address != null && IPV4.matcher(address).matches();
    }
}
