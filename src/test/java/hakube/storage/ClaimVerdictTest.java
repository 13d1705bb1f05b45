package hakube.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.config.Settings;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimStatus;
import io.kubernetes.client.openapi.models.V1VolumeResourceRequirements;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimVerdictTest {

    private static final Settings.Claim WANTED = new Settings.Claim("ha-shared-rwx", "nfs", "50Gi", false);

    @ParameterizedTest
    @ValueSource(strings = {"50Gi", "51200Mi", "53687091200", "1Ti", "54G"})
    void quantitiesAreComparedAsQuantities(String size) {
        assertInstanceOf(ClaimVerdict.Good.class, judge(claim("Bound", "ReadWriteMany", "nfs", size)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"49G", "49Gi", "51199Mi", "50G"})
    void smallerClaimIsRefusedWithBothSizes(String size) {
        assertTrue(message(claim("Bound", "ReadWriteMany", "nfs", size)).contains("expected at least 50Gi"));
    }

    @Test
    void largerVolumeThanAskedForIsGood() {
        V1PersistentVolumeClaim claim = claim("Bound", "ReadWriteMany", "nfs", "10Gi");
        claim.getStatus().setCapacity(Map.of("storage", Quantity.fromString("100Gi")));

        assertInstanceOf(ClaimVerdict.Good.class, judge(claim));
    }

    @ParameterizedTest
    @CsvSource({
        "Pending, it is Pending",
        "Lost, it is Lost",
    })
    void phaseThatIsNotBoundIsNamed(String phase, String words) {
        String message = message(claim(phase, "ReadWriteMany", "nfs", "50Gi"));

        assertTrue(message.startsWith("Claim ha-shared-rwx cannot be used: " + words), message);
        assertTrue(message.endsWith("It has no Event"), message);
    }

    @Test
    void lastEventIsQuoted() {
        CoreV1Event event = new CoreV1Event().reason("ProvisioningFailed").message("no space on server");

        ClaimVerdict verdict = ClaimVerdict.of(
                Optional.of(claim("Pending", "ReadWriteMany", "nfs", "50Gi")), WANTED, Optional.of(event));

        String message = assertInstanceOf(ClaimVerdict.Unfit.class, verdict).message();
        assertTrue(message.endsWith("Its last Event: ProvisioningFailed: no space on server"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WaitForFirstConsumer", "WaitForPodScheduled"})
    void pendingForItsFirstPodIsGood(String reason) {
        ClaimVerdict verdict = ClaimVerdict.of(
                Optional.of(claim("Pending", "ReadWriteMany", "nfs", "50Gi")),
                WANTED,
                Optional.of(new CoreV1Event().reason(reason)));

        assertInstanceOf(ClaimVerdict.Good.class, verdict);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        String message = message(claim("Lost", "ReadWriteOnce", "other", "1Gi"));

        assertTrue(message.contains("it is Lost"), message);
        assertTrue(message.contains("[ReadWriteOnce], expected ReadWriteMany"), message);
        assertTrue(message.contains("`other`, expected `nfs`"), message);
        assertTrue(message.contains("1Gi, expected at least 50Gi"), message);
    }

    @Test
    void readWriteOnceIsTakenWhereTheSettingsSaySo() {
        Settings.Claim relaxed = new Settings.Claim("ha-shared-rwx", "nfs", "50Gi", true);

        assertInstanceOf(
                ClaimVerdict.Good.class,
                ClaimVerdict.of(
                        Optional.of(claim("Bound", "ReadWriteOnce", "nfs", "50Gi")), relaxed, Optional.empty()));
        assertInstanceOf(
                ClaimVerdict.Unfit.class,
                ClaimVerdict.of(
                        Optional.of(claim("Bound", "ReadWriteOncePod", "nfs", "50Gi")), relaxed, Optional.empty()));
    }

    @Test
    void claimOnItsWayOutIsUnfit() {
        V1PersistentVolumeClaim claim = claim("Bound", "ReadWriteMany", "nfs", "50Gi");
        claim.getMetadata().setDeletionTimestamp(OffsetDateTime.parse("2026-11-01T00:00:00Z"));

        assertTrue(message(claim).contains("it is being deleted"));
    }

    @Test
    void noClaimIsAbsent() {
        assertEquals(new ClaimVerdict.Absent(), ClaimVerdict.of(Optional.empty(), WANTED, Optional.empty()));
    }

    private static ClaimVerdict judge(V1PersistentVolumeClaim claim) {
        return ClaimVerdict.of(Optional.of(claim), WANTED, Optional.empty());
    }

    private static String message(V1PersistentVolumeClaim claim) {
        return assertInstanceOf(ClaimVerdict.Unfit.class, judge(claim)).message();
    }

    private static V1PersistentVolumeClaim claim(String phase, String mode, String storageClass, String size) {
        return new V1PersistentVolumeClaim()
                .metadata(new V1ObjectMeta().name("ha-shared-rwx"))
                .spec(new V1PersistentVolumeClaimSpec()
                        .accessModes(List.of(mode))
                        .storageClassName(storageClass)
                        .resources(new V1VolumeResourceRequirements()
                                .requests(Map.of("storage", Quantity.fromString(size)))))
                .status(new V1PersistentVolumeClaimStatus().phase(phase));
    }
}
