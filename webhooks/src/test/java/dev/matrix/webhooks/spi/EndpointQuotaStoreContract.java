package dev.matrix.webhooks.spi;

import static dev.matrix.webhooks.spi.Story.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an {@link EndpointQuotaStore} promises. */
public interface EndpointQuotaStoreContract extends StoreContract {

    private static boolean take(
            StoreUnderTest<EndpointQuotaStore> quotas, String endpointId, String what, long second) {
        return quotas.get((tx, store) -> store.take(tx, endpointId, what, 2, Duration.ofSeconds(10), at(second)));
    }

    @Test
    default void anySpanHoldsNoMoreThanAllowed() {
        StoreUnderTest<EndpointQuotaStore> quotas = StoreUnderTest.of(this, EndpointQuotaStore.class);

        assertThat(take(quotas, "e1", "test", 0)).isTrue();
        assertThat(take(quotas, "e1", "test", 9)).isTrue();
        assertThat(take(quotas, "e1", "test", 9)).isFalse();
        assertThat(take(quotas, "e1", "test", 10)).as("the first has passed").isTrue();
        assertThat(take(quotas, "e1", "test", 18)).isFalse();
        assertThat(take(quotas, "e1", "test", 19)).isTrue();
    }

    @Test
    default void endpointsAndPurposesDoNotShare() {
        StoreUnderTest<EndpointQuotaStore> quotas = StoreUnderTest.of(this, EndpointQuotaStore.class);
        take(quotas, "e1", "test", 0);
        take(quotas, "e1", "test", 0);

        assertThat(take(quotas, "e1", "test", 0)).isFalse();
        assertThat(take(quotas, "e2", "test", 0)).isTrue();
        assertThat(take(quotas, "e1", "other", 0)).isTrue();
    }

    @Test
    default void whatRollsBackWasNotTaken() {
        StoreUnderTest<EndpointQuotaStore> quotas = StoreUnderTest.of(this, EndpointQuotaStore.class);
        take(quotas, "e1", "test", 0);
        quotas.rollBack((tx, store) -> store.take(tx, "e1", "test", 2, Duration.ofSeconds(10), at(0)));

        assertThat(take(quotas, "e1", "test", 0)).isTrue();
        assertThat(take(quotas, "e1", "test", 0)).isFalse();
    }

    @Test
    default void fiftyFit() {
        StoreUnderTest<EndpointQuotaStore> quotas = StoreUnderTest.of(this, EndpointQuotaStore.class);
        for (int i = 0; i < 50; i++) {
            quotas.run((tx, store) -> store.take(tx, "e1", "test", 50, Duration.ofDays(1), at(0)));
        }

        assertThat(quotas.<Boolean>get((tx, store) -> store.take(tx, "e1", "test", 50, Duration.ofDays(1), at(0))))
                .isFalse();
    }
}
