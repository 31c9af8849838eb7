package dev.matrix.sla.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.sla.spi.AlertStore.AlertRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AlertStore} promises. */
public interface AlertStoreContract extends StoreContract {

    Owner ADA = Owner.user("ada");

    private static AlertRow alert(String id, long version, @Nullable String key) {
        return new AlertRow(id, "sub_a", ADA, version, key, "{}");
    }

    @Test
    @Tag("S25")
    default void oneAlertIsOpenPerKey() {
        StoreUnderTest<AlertStore> store = StoreUnderTest.of(this, AlertStore.class);

        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, alert("alr_a", 1, "k"))))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, alert("alr_b", 1, "k"))))
                .isFalse();
        assertThat(store.<List<AlertRow>>get((tx, s) -> s.open(tx, "sub_a"))).hasSize(1);
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, alert("alr_a", 2, null))))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, alert("alr_a", 2, "k"))))
                .isFalse();
        assertThat(store.<List<AlertRow>>get((tx, s) -> s.open(tx, "sub_a"))).isEmpty();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, alert("alr_c", 1, "k"))))
                .isTrue();
        assertThat(store.<Optional<AlertRow>>get((tx, s) -> s.find(tx, "alr_a"))
                        .orElseThrow()
                        .version())
                .isEqualTo(2);
        assertThat(ids(store, ADA, "sub_a", false)).containsExactly("alr_a", "alr_c");
        assertThat(ids(store, null, null, true)).containsExactly("alr_c");
        assertThat(ids(store, Owner.user("bob"), null, false)).isEmpty();
        assertThat(store.<Integer>get((tx, s) -> s.rename(tx, ADA, Owner.user("erased_1"))))
                .isEqualTo(2);
        assertThat(ids(store, ADA, null, false)).isEmpty();
    }

    private static List<String> ids(
            StoreUnderTest<AlertStore> store, @Nullable Owner owner, @Nullable String subscription, boolean open) {
        return store.get((tx, s) -> s.page(tx, owner, subscription, open, PageRequest.first(10))).items().stream()
                .map(AlertRow::id)
                .toList();
    }
}
