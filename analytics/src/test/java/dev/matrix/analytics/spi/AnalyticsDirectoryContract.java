package dev.matrix.analytics.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.testkit.OtherThread;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link AnalyticsDirectory} promises. */
@Tag("AN54")
public interface AnalyticsDirectoryContract extends StoreContract {

    Owner ALICE = Owner.user("alice");
    Owner BOB = Owner.partner("bob");
    Owner BOBBY = Owner.user("bob");

    private static SortedSet<Owner> owners(Owner... owners) {
        return new TreeSet<>(List.of(owners));
    }

    private static SortedSet<String> keys(String... keys) {
        return new TreeSet<>(List.of(keys));
    }

    @Test
    default void customersHaveDenseNumbersThatStay() {
        StoreUnderTest<AnalyticsDirectory> directory = StoreUnderTest.of(this, AnalyticsDirectory.class);

        Map<Owner, Integer> first = directory.get((tx, store) -> store.numberCustomers(tx, owners(ALICE, BOB)));
        assertThat(first.values()).containsExactlyInAnyOrder(1, 2);
        Map<Owner, Integer> second = directory.get((tx, store) -> store.numberCustomers(tx, owners(BOBBY, BOB)));
        assertThat(second)
                .containsEntry(BOBBY, 3)
                .containsEntry(BOB, first.get(BOB))
                .hasSize(2);
        assertThat(directory.<Map<Owner, Integer>>get(
                        (tx, store) -> store.customers(tx, List.of(ALICE, Owner.user("nobody")))))
                .isEqualTo(Map.of(ALICE, first.get(ALICE)));
        assertThat(directory.<Map<Owner, Integer>>get((tx, store) -> store.customers(tx, List.of())))
                .isEmpty();
    }

    @Test
    default void aRolledBackNumberIsGivenAgain() {
        StoreUnderTest<AnalyticsDirectory> directory = StoreUnderTest.of(this, AnalyticsDirectory.class);

        directory.rollBack((tx, store) -> store.numberCustomers(tx, owners(ALICE)));
        assertThat(directory.<Map<Owner, Integer>>get((tx, store) -> store.numberCustomers(tx, owners(BOB))))
                .isEqualTo(Map.of(BOB, 1));
    }

    @Test
    default void segmentsAreNumberedWhileThereIsRoom() {
        StoreUnderTest<AnalyticsDirectory> directory = StoreUnderTest.of(this, AnalyticsDirectory.class);

        Map<String, Integer> numbers =
                directory.get((tx, store) -> store.numberSegments(tx, keys("a\npro", "b\npro", "c\npro"), 2));
        assertThat(numbers).hasSize(2);
        assertThat(directory.<Map<String, Integer>>get(
                        (tx, store) -> store.numberSegments(tx, keys("a\npro", "d\npro"), 2)))
                .isEqualTo(Map.of("a\npro", numbers.get("a\npro")));
        assertThat(directory.<Map<Integer, String>>get((tx, store) -> store.segments(tx)))
                .hasSize(2)
                .containsEntry(numbers.get("a\npro"), "a\npro");
    }

    @Test
    @Tag("AC38")
    default void twoTransactionsNeverGiveOneNumberTwice() {
        StoreUnderTest.assumeConcurrent(this);
        StoreUnderTest<AnalyticsDirectory> directory = StoreUnderTest.of(this, AnalyticsDirectory.class);
        CountDownLatch numbered = new CountDownLatch(1);
        OtherThread<Map<Owner, Integer>> other = OtherThread.running(() -> {
            OtherThread.await(numbered);
            return directory.get((tx, store) -> store.numberCustomers(tx, owners(ALICE, BOB)));
        });

        Map<Owner, Integer> own = directory.get((tx, store) -> {
            Map<Owner, Integer> numbers = store.numberCustomers(tx, owners(BOB, BOBBY));
            numbered.countDown();
            return numbers;
        });
        Map<Owner, Integer> others = other.join();
        assertThat(others).containsEntry(BOB, own.get(BOB)).containsEntry(ALICE, 3);
        assertThat(own.values()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    @Tag("AN42")
    default void aNumberCanGetAnotherOwner() {
        StoreUnderTest<AnalyticsDirectory> directory = StoreUnderTest.of(this, AnalyticsDirectory.class);
        Owner ann = Owner.user("ann");
        Owner ben = Owner.user("ben");
        Owner nobody = Owner.user("nobody");
        directory.run((tx, store) -> store.numberCustomers(tx, new TreeSet<>(List.of(ann, ben))));
        assertThat(directory.<OptionalInt>get((tx, store) -> store.rename(tx, ann, nobody)))
                .hasValue(1);
        assertThat(directory.<OptionalInt>get((tx, store) -> store.rename(tx, ann, Owner.user("x"))))
                .isEmpty();
        assertThat(directory.<Map<Integer, Owner>>get((tx, store) -> store.owners(tx, List.of(1, 2, 9))))
                .isEqualTo(Map.of(1, nobody, 2, ben));
        assertThat(directory.<Map<Integer, Owner>>get((tx, store) -> store.customersAfter(tx, 1, 5)))
                .isEqualTo(Map.of(2, ben));
        directory.run((tx, store) -> store.numberCustomers(tx, new TreeSet<>(List.of(ann))));
        assertThat(directory.<Map<Integer, Owner>>get((tx, store) -> store.customersAfter(tx, 0, 2)))
                .containsOnlyKeys(1, 2);
        assertThat(directory.<Map<Owner, Integer>>get((tx, store) -> store.customers(tx, List.of(ann))))
                .isEqualTo(Map.of(ann, 3));
    }

    @Test
    @Tag("AN63")
    default void namesAreNumberedWhileTheirCustomerHasRoom() {
        StoreUnderTest<AnalyticsDirectory> directory = StoreUnderTest.of(this, AnalyticsDirectory.class);
        assertThat(directory.<Map<String, Integer>>get(
                        (tx, store) -> store.numberNames(tx, new TreeMap<>(Map.of("a", 1, "b", 1)), 2)))
                .isEqualTo(Map.of("a", 1, "b", 2));
        assertThat(directory.<Map<String, Integer>>get(
                        (tx, store) -> store.numberNames(tx, new TreeMap<>(Map.of("b", 2, "c", 1, "d", 2)), 2)))
                .as("the first customer has no room; the second may use what the first brought in")
                .isEqualTo(Map.of("b", 2, "d", 3));
        assertThat(directory.<Map<Integer, String>>get((tx, store) -> store.names(tx, List.of(1, 2, 3, 9))))
                .isEqualTo(Map.of(1, "a", 2, "b", 3, "d"));
        assertThat(directory.<Map<String, Integer>>get((tx, store) -> store.nameNumbers(tx, List.of("b", "c"))))
                .isEqualTo(Map.of("b", 2));
    }
}
