package dev.matrix.analytics.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.matrix.core.InvalidRequestException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The commitment that costs least is found exactly. */
class CommitmentsTest {

    private static final double[] USE = {0, 10, 10, 20};

    private static CommitmentPlan best(String onDemand, String committed) {
        return Commitments.best(USE, new BigDecimal(onDemand), new BigDecimal(committed));
    }

    @Test
    @Tag("CC1")
    @Tag("CO5")
    @Tag("CO6")
    void theQuantileIsTheOptimum() {
        CommitmentPlan plan = best("1", "0.6");
        assertThat(plan.units()).isEqualTo(10);
        assertThat(plan.cost()).isEqualByComparingTo("34");
        assertThat(plan.onDemandCost()).isEqualByComparingTo("40");
        assertThat(plan.effectiveSavingsRate()).isCloseTo(0.15, within(1e-12));
        assertThat(plan.coverage()).isEqualTo(0.75);
        assertThat(plan.utilisation()).isEqualTo(0.75);
        assertThat(plan.breakEvenUtilisation()).isCloseTo(0.6, within(1e-12));
        assertThat(Commitments.of(USE, 20, BigDecimal.ONE, new BigDecimal("0.6"))
                        .cost())
                .isEqualByComparingTo("48");
    }

    @Test
    @Tag("CC46")
    @Tag("CO46")
    void theBoundIsComparedExactlyAndWhatCantPayIsNone() {
        assertThat(best("1", "0.25").units()).isEqualTo(10);
        assertThat(best("1", "1").units()).isZero();
        assertThat(best("1", "2").units()).isZero();
        refused(() -> best("0", "1"));
        refused(() -> best("1", "0"));
        refused(() -> Commitments.best(new double[0], BigDecimal.ONE, BigDecimal.ONE));
        refused(() -> Commitments.best(new double[] {Double.NaN}, BigDecimal.ONE, BigDecimal.ONE));
        refused(() -> Commitments.best(new double[] {-1}, BigDecimal.ONE, BigDecimal.ONE));
    }

    @Test
    @Tag("CO5")
    void noOtherObservedQuantityCostsLess() {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            double[] use = random.doubles(1 + random.nextInt(50), 0, 20)
                    .map(Math::rint)
                    .toArray();
            BigDecimal committed = new BigDecimal(1 + random.nextInt(99)).movePointLeft(2);
            BigDecimal cost = Commitments.best(use, BigDecimal.ONE, committed).cost();
            assertThat(Arrays.stream(use)
                            .mapToObj(each -> Commitments.of(use, each, BigDecimal.ONE, committed)
                                    .cost()))
                    .allMatch(other -> other.compareTo(cost) >= 0);
        }
    }

    private static void refused(Runnable make) {
        assertThatThrownBy(make::run).isInstanceOf(InvalidRequestException.class);
    }
}
