package hakube.kubernetes.watches;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1VolumeResourceRequirements;
import java.util.Map;

/** Objects that others make and the Supervisor looks at. */
final class Unlabelled {

    private Unlabelled() {}

    static V1PersistentVolumeClaim claim(String name) {
        return new V1PersistentVolumeClaim()
                .metadata(new V1ObjectMeta().name(name))
                .spec(new V1PersistentVolumeClaimSpec()
                        .addAccessModesItem("ReadWriteMany")
                        .resources(
                                new V1VolumeResourceRequirements().requests(Map.of("storage", new Quantity("1Gi")))));
    }

    static CoreV1Event event(String name, String namespace) {
        return new CoreV1Event()
                .metadata(new V1ObjectMeta().name(name))
                .involvedObject(new V1ObjectReference()
                        .kind("PersistentVolumeClaim")
                        .name("plain")
                        .namespace(namespace))
                .reason("Tested")
                .type("Normal");
    }
}
