package dev.matrix.sla.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.sla.spi.ChargeStore.ChargeRow;
import dev.matrix.sla.spi.ChargeStore.LegRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a {@link ChargeStore} promises. */
public interface ChargeStoreContract extends StoreContract {

    Owner ADA = Owner.user("ada");
    Instant FROM = Instant.parse("2025-11-01T00:00:00Z");
    Instant TO = Instant.parse("2025-12-01T00:00:00Z");

    @Test
    default void chargesAndLegsAreKeptOnce() {
        StoreUnderTest<ChargeStore> store = StoreUnderTest.of(this, ChargeStore.class);
        ChargeRow charge = new ChargeRow("inv_1:l1", "inv_1", "sub_a", ADA, FROM, TO, "{}");
        LegRow leg = new LegRow(ADA, "leg_1", "refunded", "inv_1", "{}");
        LegRow back = new LegRow(ADA, "leg_1", "reversed", "inv_1", "{}");

        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, charge))).isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, charge))).isFalse();
        assertThat(store.<Optional<ChargeRow>>get((tx, s) -> s.find(tx, "inv_1:l1")))
                .contains(charge);
        assertThat(store.<List<ChargeRow>>get((tx, s) -> s.charged(tx, "sub_a", FROM, TO)))
                .containsExactly(charge);
        assertThat(store.<List<ChargeRow>>get((tx, s) -> s.charged(tx, "sub_a", TO, TO.plusSeconds(1))))
                .isEmpty();
        assertThat(store.<List<ChargeRow>>get((tx, s) -> s.ofInvoice(tx, "inv_1")))
                .containsExactly(charge);
        assertThat(store.<Boolean>get((tx, s) -> s.keep(tx, leg))).isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.keep(tx, leg))).isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.keep(tx, back))).isTrue();
        assertThat(store.<List<LegRow>>get((tx, s) -> s.legs(tx, List.of("inv_1"))))
                .containsExactly(leg, back);
        LegRow others = new LegRow(Owner.user("bob"), "leg_1", "refunded", "inv_1", "{}");
        assertThat(store.<Boolean>get((tx, s) -> s.keep(tx, others))).isTrue();
        assertThat(store.<Integer>get((tx, s) -> s.rename(tx, ADA, Owner.user("erased_1"))))
                .isEqualTo(1);
        assertThat(store.<List<LegRow>>get((tx, s) -> s.legs(tx, List.of("inv_1"))))
                .extracting(LegRow::owner)
                .containsExactlyInAnyOrder(Owner.user("bob"), Owner.user("erased_1"), Owner.user("erased_1"));
    }
}
