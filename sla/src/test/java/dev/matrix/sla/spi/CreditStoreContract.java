package dev.matrix.sla.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.sla.spi.CreditStore.CreditRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link CreditStore} promises. */
public interface CreditStoreContract extends StoreContract {

    Owner ADA = Owner.user("ada");
    Instant NOVEMBER = Instant.parse("2025-11-01T00:00:00Z");

    private static CreditRow credit(String id, String key, long version, String state) {
        return new CreditRow(id, key, "sub_a", ADA, version, state, NOVEMBER, "{}");
    }

    @Test
    @Tag("S31")
    default void aKeyMakesOneCredit() {
        StoreUnderTest<CreditStore> store = StoreUnderTest.of(this, CreditStore.class);

        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, credit("scr_a", "k1", 1, "PROPOSED"))))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, credit("scr_b", "k1", 1, "PROPOSED"))))
                .isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, credit("scr_a", "k1", 2, "ISSUED"))))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, credit("scr_a", "k1", 2, "ISSUED"))))
                .isFalse();
        assertThat(store.<Optional<CreditRow>>get((tx, s) -> s.find(tx, "scr_a"))
                        .orElseThrow()
                        .state())
                .isEqualTo("ISSUED");
        assertThat(store.<List<CreditRow>>get((tx, s) -> s.of(tx, "sub_a", NOVEMBER)))
                .hasSize(1);
        assertThat(store.<List<CreditRow>>get((tx, s) -> s.of(tx, "sub_a", NOVEMBER.plusSeconds(1))))
                .isEmpty();
        assertThat(store.get((tx, s) -> s.page(tx, ADA, "sub_a", "ISSUED", PageRequest.first(5)))
                        .items())
                .hasSize(1);
        assertThat(store.get((tx, s) -> s.page(tx, null, null, "DECLINED", PageRequest.first(5)))
                        .items())
                .isEmpty();
        assertThat(store.<Integer>get((tx, s) -> s.rename(tx, ADA, Owner.user("erased_1"))))
                .isEqualTo(1);
    }
}
