package dev.matrix.analytics.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What actions say of themselves. */
class ActionTest {

    private static final List<Action> ALL = List.of(
            new Action.ChangePlan("sub_1", "a", "b"),
            new Action.SwitchMonthly("sub_1", List.of("a", "b")),
            new Action.ReduceUsage("sub_1", "tokens", Map.of("failed", BigDecimal.ONE)),
            new Action.PrepayYearly("sub_1", "a", "yearly"),
            new Action.BuyCommitment("large", "eu", BigDecimal.TEN, BigDecimal.ONE, 12),
            new Action.Resize("vm_1", "large", "small"),
            new Action.MoveFamily("vm_1", "gpu", "large"),
            new Action.Stop("vm_1", true),
            new Action.Schedule("vm_1", List.of(1, 2, 3, 4)),
            new Action.DeleteUnused("vm_1"));

    @Test
    @Tag("CO33")
    void whatCantBeUndoneSaysSo() {
        assertThat(ALL.stream().filter(action -> !action.reversible()).map(Action::target))
                .containsExactly("yearly", "large/eu", "stopped", "deleted");
        assertThat(new Action.Stop("vm_1", false).reversible()).isTrue();
        assertThat(ALL.stream().filter(Action::restart).map(Action::target))
                .containsExactly("small", "large", "stopped", "schedule");
        assertThat(ALL.stream().map(Action::effort)).containsOnly(Effort.LOW, Effort.MEDIUM, Effort.HIGH);
        assertThat(ALL.stream().map(Action::target)).hasSize(10).allMatch(target -> !target.isEmpty());
    }

    @Test
    @Tag("CO41")
    void fingerprintsDontDependOnWhereATextEnds() {
        assertThat(Set.of(Parts.fingerprint("ab", "c"), Parts.fingerprint("a", "bc"), Parts.fingerprint("abc")))
                .hasSize(3);
    }
}
