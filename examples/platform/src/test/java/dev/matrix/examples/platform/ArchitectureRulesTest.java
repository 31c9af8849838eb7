package dev.matrix.examples.platform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.matrix.core.money.Money;
import dev.matrix.core.money.ReachesUp;
import dev.matrix.sla.Exclusion;
import dev.matrix.sla.KnowsRefunds;
import dev.matrix.webhooks.signing.NeedsMatrix;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The architecture's rules fail on faults that are planted beside this test. */
class ArchitectureRulesTest {

    private static JavaClasses classes(Class<?>... planted) {
        return new ClassFileImporter().importClasses(planted);
    }

    @Test
    void aFeatureThatKnowsAnotherIsFound() {
        Set<String> known = Set.of("core", "jooq", "sla");

        assertThatThrownBy(() -> ArchitectureTest.knowsOnly("sla", known).check(classes(KnowsRefunds.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("KnowsRefunds")
                .hasMessageContaining("dev.matrix.refunds.Refunds");
        assertThatCode(() -> ArchitectureTest.knowsOnly("sla", known).check(classes(Exclusion.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void aPackageOfTheKernelThatReachesUpIsFound() {
        assertThatThrownBy(() -> ArchitectureTest.reachesNothingAbove("dev.matrix.core.money")
                        .check(classes(ReachesUp.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ReachesUp")
                .hasMessageContaining("dev.matrix.core.event.EventLog");
        assertThatCode(() -> ArchitectureTest.reachesNothingAbove("dev.matrix.core.money")
                        .check(classes(Money.class)))
                .doesNotThrowAnyException();
    }

    @Test
    void aSignatureThatNeedsTheKernelIsFound() {
        assertThatThrownBy(
                        () -> ArchitectureTest.SIGNING_NEEDS_NOTHING_BUT_EXCEPTIONS.check(classes(NeedsMatrix.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("NeedsMatrix");
    }

    @Test
    void aModuleThatIsLeftOutIsFound() {
        JavaClasses withoutRefunds =
                new ClassFileImporter().importPackages("dev.matrix.core", "dev.matrix.webhooks", "dev.matrix.sla");

        assertThatThrownBy(() -> ArchitectureTest.everyModuleOfTheBuildIsChecked(withoutRefunds))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("types of refunds, which belongs into the dependencies of examples/platform");
    }
}
