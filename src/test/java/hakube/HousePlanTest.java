package hakube;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.enterprise.inject.Typed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assertions;

/** The structure of the house, as docs/architecture.md draws it. */
@AnalyzeClasses(packages = "hakube", importOptions = ImportOption.DoNotIncludeTests.class)
class HousePlanTest {

    /** Ground first; a room may use any room on a lower floor. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("api", "events", "kubernetes", "config", "archive"),
            Set.of(
                    "ports",
                    "gateway",
                    "storage",
                    "versions",
                    "resolution",
                    "access",
                    "logs",
                    "registries",
                    "relay",
                    "front",
                    "state",
                    "jobs",
                    "git"),
            Set.of("core", "store", "services", "discovery", "mounts", "host"),
            Set.of("apps", "link"),
            Set.of("ingress", "catalogue", "proxy", "auth", "backups"),
            Set.of("supervisor"));

    /** What a room may use on its own floor. */
    private static final Map<String, Set<String>> NEIGHBOURS = Map.ofEntries(
            // The port speaks the one family of failures, so that no second one has to be translated.
            Map.entry("kubernetes", Set.of("config", "api")),
            Map.entry("ports", Set.of("relay", "resolution")),
            Map.entry("gateway", Set.of("resolution")),
            Map.entry("versions", Set.of("storage", "jobs", "state")),
            Map.entry("resolution", Set.of("storage", "jobs")),
            // The gate asks for the state before it looks at a token.
            // A connection goes on as a WebSocket when a relay says so.
            Map.entry("access", Set.of("state", "storage", "relay")),
            // Connections are handed to the contract's HTTP, and requests to the relay.
            Map.entry("front", Set.of("access", "relay")),
            Map.entry("state", Set.of("storage")),
            // A job may ask for a state of the Supervisor, and a feature flag decides what jobs are called.
            Map.entry("jobs", Set.of("storage", "state")),
            Map.entry("services", Set.of("core")),
            Map.entry("discovery", Set.of("core")),
            Map.entry("core", Set.of("host")),
            Map.entry("ingress", Set.of("auth")));

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("hakube.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void everyRoomIsOnThePlan(JavaClasses house) {
        Set<String> rooms = new TreeSet<>();
        for (JavaClass inhabitant : house) {
            String room = roomOf(inhabitant);
            if (!room.isEmpty()) {
                rooms.add(room);
            }
        }
        FLOORS.forEach(rooms::removeAll);
        Assertions.assertEquals(Set.of(), rooms, "rooms that no floor names");
    }

    @ArchTest
    static void floorsPointDown(JavaClasses house) {
        for (int floor = 0; floor < FLOORS.size() - 1; floor++) {
            noClasses()
                    .that()
                    .resideInAnyPackage(packages(FLOORS.get(floor)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packagesAbove(floor))
                    .allowEmptyShould(true)
                    .check(house);
        }
    }

    @ArchTest
    static void neighboursAreNamed(JavaClasses house) {
        for (Set<String> floor : FLOORS) {
            for (String room : floor) {
                String[] strangers = floor.stream()
                        .filter(other -> !other.equals(room))
                        .filter(other ->
                                !NEIGHBOURS.getOrDefault(room, Set.of()).contains(other))
                        .map(HousePlanTest::packageOf)
                        .toArray(String[]::new);
                if (strangers.length > 0) {
                    noClasses()
                            .that()
                            .resideInAPackage(packageOf(room))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(strangers)
                            .allowEmptyShould(true)
                            .check(house);
                }
            }
        }
    }

    @ArchTest
    static final ArchRule callsOfTheClusterStayInItsRoom = noClasses()
            .that()
            .resideOutsideOfPackage("hakube.kubernetes..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.kubernetes.client.openapi.apis..")
                    .or(resideInAPackage("io.kubernetes.client.util.."))
                    .or(JavaClass.Predicates.simpleName("ApiException"))
                    .or(JavaClass.Predicates.simpleName("ApiClient")));

    @ArchTest
    static final ArchRule restStaysAtTheRim = noClasses()
            .that()
            .resideOutsideOfPackages("hakube.api..", "hakube.access..")
            .and()
            .haveSimpleNameNotEndingWith("Resource")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    /** JAX-RS asks CDI for a boundary by its class, and the second version's would be one of the first as well. */
    @ArchTest
    static final ArchRule theSecondVersionIsFoundByItsOwnClassAlone = classes()
            .that()
            .haveSimpleNameEndingWith("V2Resource")
            .and(DescribedPredicate.describe("extend the first version", boundary -> boundary.getRawSuperclass()
                    .filter(first -> first.getSimpleName().endsWith("Resource"))
                    .isPresent()))
            .should()
            .beAnnotatedWith(DescribedPredicate.describe(
                    "@Typed as itself",
                    annotation -> annotation.getRawType().isEquivalentTo(Typed.class)
                            && annotation.getOwner() instanceof JavaClass boundary
                            && annotation
                                    .get("value")
                                    .filter(JavaClass[].class::isInstance)
                                    .map(JavaClass[].class::cast)
                                    .filter(types -> List.of(types).equals(List.of(boundary)))
                                    .isPresent()));

    @ArchTest
    static final ArchRule environmentIsReadInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("hakube.config..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.microprofile.config..");

    @ArchTest
    static final ArchRule constructorsInjectNotFields =
            noFields().should().beAnnotatedWith("jakarta.inject.Inject").allowEmptyShould(true);

    @ArchTest
    static final ArchRule namesSayWhatIsThere = classes()
            .should()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper");

    private static String roomOf(JavaClass inhabitant) {
        List<String> parts = List.of(inhabitant.getPackageName().split("\\.", -1));
        return parts.size() > 1 ? parts.get(1) : "";
    }

    private static String packageOf(String room) {
        return "hakube." + room + "..";
    }

    private static String[] packages(Set<String> rooms) {
        return rooms.stream().map(HousePlanTest::packageOf).toArray(String[]::new);
    }

    private static String[] packagesAbove(int floor) {
        return FLOORS.subList(floor + 1, FLOORS.size()).stream()
                .flatMap(rooms -> Arrays.stream(packages(rooms)))
                .toArray(String[]::new);
    }
}
