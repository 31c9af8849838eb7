package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.StoreClock;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Transactions;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The contracts of {@link Stores} and of store time fail on storages as one would put them together at first. */
class StoresContractTest {

    private record Planted(Supplier<Stores> made) implements StoresContract, StoreClockContract {

        @Override
        public Stores stores() {
            return made.get();
        }
    }

    /** Stores of a backend that is put together by hand. */
    private abstract static class ByHand implements Stores {

        final Stores rows = Stores.inMemory();

        @Override
        public <S> S get(Class<S> type) {
            return rows.get(type);
        }

        @Override
        public <S> Stores with(Class<S> type, S store) {
            return rows.with(type, store);
        }

        @Override
        public Transactions transactions() {
            return rows.transactions();
        }

        @Override
        public StoreClock clock(InstantSource node) {
            return rows.clock(node);
        }

        @Override
        public boolean persistent() {
            return false;
        }
    }

    /** A clock that is the node's own. */
    private record NodeTime(InstantSource node) implements StoreClock {

        @Override
        public Instant instant() {
            return node.instant();
        }

        @Override
        public void refresh() {}

        @Override
        public boolean isTrusted() {
            return true;
        }
    }

    @Test
    void theyFindAStoreThatIsMissingWithoutAWord() {
        Planted planted = new Planted(() -> new ByHand() {
            @Override
            public <S> S get(Class<S> type) {
                if (type == LeaseStore.class) {
                    throw new IllegalStateException("not found");
                }
                return super.get(type);
            }
        });

        assertThatThrownBy(planted::everyStoreOfTheKernelIsThere).isInstanceOf(Throwable.class);
        assertThatThrownBy(new Planted(() -> new ByHand() {
                    @Override
                    public <S> S get(Class<S> type) {
                        try {
                            return super.get(type);
                        } catch (IllegalStateException missing) {
                            throw new IllegalStateException("not found", missing);
                        }
                    }
                })::whatIsMissingIsNamedWithWhatToAdd)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theyFindAReplacementThatChangesTheOriginal() {
        Planted planted = new Planted(() -> new ByHand() {

            private Stores current = rows;

            @Override
            public <S> S get(Class<S> type) {
                return current.get(type);
            }

            @Override
            public <S> Stores with(Class<S> type, S store) {
                current = current.with(type, store);
                return this;
            }
        });

        assertThatThrownBy(planted::replacingOneStoreChangesNeitherTheOthersNorTheOriginal)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theyFindAStoreThatTakesNoPartInTheTransaction() {
        Planted planted = new Planted(() -> {
            Stores rows = Stores.inMemory();
            Stores elsewhere = Stores.inMemory();
            LeaseStore joinsNothing = (LeaseStore) Proxy.newProxyInstance(
                    LeaseStore.class.getClassLoader(),
                    new Class<?>[] {LeaseStore.class},
                    (proxy, method, arguments) -> elsewhere.transactions().returning(tx -> {
                        arguments[0] = tx;
                        try {
                            return method.invoke(elsewhere.get(LeaseStore.class), arguments);
                        } catch (ReflectiveOperationException e) {
                            throw new IllegalStateException(e);
                        }
                    }));
            return rows.with(LeaseStore.class, joinsNothing);
        });

        assertThatThrownBy(planted::whatTwoStoresWroteInOneTransactionIsThereOrNotTogether)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theyFindRowsThatAreCalledPersistentAndAreNot() {
        Planted planted = new Planted(() -> new ByHand() {
            @Override
            public boolean persistent() {
                return true;
            }
        });

        assertThatThrownBy(planted::persistentRowsAreThereAfterARestart).isInstanceOf(AssertionError.class);
        assertThatThrownBy(planted::onlyStoresThatEndWithTheProcessBringKeysThatDo)
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theyFindStoresThatCannotBeClosedTwice() {
        Planted planted = new Planted(() -> new ByHand() {

            private boolean closed;

            @Override
            public void close() {
                if (closed) {
                    throw new IllegalStateException("closed");
                }
                closed = true;
            }
        });

        assertThatThrownBy(planted::closingTwiceIsClosingOnce).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theyFindStoreTimeThatIsEachNodesOwn() {
        Planted planted = new Planted(() -> StoresView.of(Stores.inMemory()).withClock(NodeTime::new));

        assertThatThrownBy(planted::nodesWhoseClocksAreYearsApartReadOneTime).isInstanceOf(AssertionError.class);
        assertThatThrownBy(planted::whoeverSetsANodesClockMovesNoStoreTime).isInstanceOf(AssertionError.class);
    }

    @Test
    void theyFindStoreTimeThatGoesBack() {
        AtomicLong reads = new AtomicLong();
        InstantSource trembling = () -> StoreUnderTest.START.plusNanos(reads.incrementAndGet() * 1_000 % 7_000);
        Planted planted = new Planted(() -> StoresView.of(Stores.inMemory()).withTime(trembling));

        assertThatThrownBy(planted::readingsOfOneClockNeverGoBackWhoeverReads).isInstanceOf(AssertionError.class);
    }
}
