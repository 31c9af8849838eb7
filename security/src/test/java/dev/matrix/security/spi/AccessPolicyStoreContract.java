package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an {@link AccessPolicyStore} promises. */
public interface AccessPolicyStoreContract extends StoreContract {

    private static AccessPolicyRow row(long version, String ipDefault) {
        return new AccessPolicyRow(
                "s",
                ipDefault,
                "BLOCK",
                "ALLOW",
                "REQUIRE_VERIFICATION",
                true,
                "DENY_OVERRIDES",
                Duration.ofHours(1),
                version == 1 ? null : StoreUnderTest.START,
                version);
    }

    @Test
    default void aPolicyIsReplacedByItsNextVersionAlone() {
        StoreUnderTest<AccessPolicyStore> policies = StoreUnderTest.of(this, AccessPolicyStore.class);
        policies.run((tx, store) -> {
            assertThat(store.find(tx, "s")).isEmpty();
            assertThat(store.replaceIfVersion(tx, row(2, "BLOCK"))).isFalse();
            assertThat(store.replaceIfVersion(tx, row(1, "BLOCK"))).isTrue();
            assertThat(store.replaceIfVersion(tx, row(1, "ALLOW"))).isFalse();
        });
        policies.run((tx, store) -> {
            assertThat(store.replaceIfVersion(tx, row(3, "ALLOW"))).isFalse();
            assertThat(store.replaceIfVersion(tx, row(2, "A_NEWER_ONE"))).isTrue();
        });
        assertThat(policies.<Optional<AccessPolicyRow>>get((tx, store) -> store.find(tx, "s")))
                .contains(row(2, "A_NEWER_ONE"));
        assertThat(policies.<Optional<AccessPolicyRow>>get((tx, store) -> store.find(tx, "other")))
                .isEmpty();
    }
}
