package hakube.access;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.util.Arrays;

/** What finds a caller by a token takes the same time however much of it is right. */
@AnalyzeClasses(packages = "hakube", importOptions = ImportOption.DoNotIncludeTests.class)
class TokenComparisonTest {

    private static final String COMPARERS = "hakube\\.(access\\.Tokens|apps\\.AppTokens)";

    @ArchTest
    static final ArchRule tokensAreComparedInConstantTime = classes()
            .that()
            .haveNameMatching(COMPARERS)
            .should()
            .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class);

    @ArchTest
    static final ArchRule andNoOtherWay = noClasses()
            .that()
            .haveNameMatching(COMPARERS)
            .should()
            .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
            .orShould()
            .callMethod(String.class, "equals", Object.class)
            .orShould()
            .callMethod(String.class, "equalsIgnoreCase", String.class)
            .orShould()
            .callMethod(String.class, "compareTo", String.class);

    /** A new way from a token to a caller is to be named above. */
    @ArchTest
    static final ArchRule nobodyElseFindsCallers = classes()
            .that()
            .implement(Callers.class)
            .or()
            .haveFullyQualifiedName(Tokens.class.getName())
            .should()
            .haveNameMatching(COMPARERS);
}
