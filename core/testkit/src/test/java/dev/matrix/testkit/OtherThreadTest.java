package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.Stores;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OtherThreadTest {

    @Test
    void itWaitsForTheOtherSideAndHandsItsResultOver() {
        CountDownLatch go = new CountDownLatch(1);
        OtherThread<String> other = OtherThread.running(() -> {
            OtherThread.await(go);
            return "done";
        });

        go.countDown();

        assertThat(other.join()).isEqualTo("done");
    }

    @Test
    void itsFailureFailsTheTest() {
        OtherThread<String> other = OtherThread.running(() -> {
            throw new IllegalArgumentException("as it is");
        });

        assertThatThrownBy(other::join)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("as it is")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoTransactionsCanBeOpenAtOnceUnlessAStorageSaysOtherwise() {
        StoreContract contract = Stores::inMemory;

        assertThat(contract.concurrent()).isTrue();
        assertThat(contract.stores()).isNotSameAs(contract.stores());
    }
}
