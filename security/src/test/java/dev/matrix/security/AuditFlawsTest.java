package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.SubjectKeyStore;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AccessEpochStore;
import dev.matrix.security.spi.AccessEpochStoreContract;
import dev.matrix.security.spi.AuditQueueStore;
import dev.matrix.security.spi.AuditQueueStoreContract;
import dev.matrix.testkit.SubjectKeyStoreContract;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contracts find flaws that are built in on purpose. */
class AuditFlawsTest {

    @Test
    @Tag("SE58")
    void aNumberThatIsTakenBeforeTheCommitIsFound() {
        AuditQueueStoreContract flawed = () -> withDirtyQueue(Stores.inMemory());
        assertThatThrownBy(flawed::rowsAreTakenByIdAndThoseSetAsideAreLeftOut)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("aud_9");
    }

    /** A queue that shows what hasn't committed, as a counter in memory would number it. */
    private static Stores withDirtyQueue(Stores stores) {
        AuditQueueStore real = stores.get(AuditQueueStore.class);
        Set<String> dirty = new TreeSet<>();
        return stores.with(AuditQueueStore.class, new AuditQueueStore() {
            @Override
            public void enqueue(Tx tx, String log, String entryId, Instant at) {
                dirty.add(entryId);
                real.enqueue(tx, log, entryId, at);
            }

            @Override
            public List<String> oldest(Tx tx, String log, int limit) {
                Set<String> all = new TreeSet<>(real.oldest(tx, log, limit));
                all.addAll(dirty);
                return new ArrayList<>(all);
            }

            @Override
            public void remove(Tx tx, String log, Collection<String> entryIds) {
                dirty.removeAll(entryIds);
                real.remove(tx, log, entryIds);
            }

            @Override
            public void setAside(Tx tx, String log, Collection<String> entryIds) {
                real.setAside(tx, log, entryIds);
            }

            @Override
            public List<String> aside(Tx tx, String log, int limit) {
                return real.aside(tx, log, limit);
            }

            @Override
            public Optional<Instant> waitingSince(Tx tx, String log) {
                return dirty.stream().map(id -> Instant.EPOCH).findAny().or(() -> real.waitingSince(tx, log));
            }
        });
    }

    @Test
    @Tag("SE58")
    void aNumberOfAScopeThatIsNotRaisedIsFound() {
        Stores stores = Stores.inMemory();
        AccessEpochStore real = stores.get(AccessEpochStore.class);
        AccessEpochStoreContract flawed = () -> stores.with(AccessEpochStore.class, new AccessEpochStore() {
            @Override
            public void bump(Tx tx, int slot) {
                real.all(tx);
            }

            @Override
            public Map<Integer, Long> all(Tx tx) {
                return real.all(tx);
            }
        });
        assertThatThrownBy(flawed::eachCommittedChangeRaisesItsSlotAlone).isInstanceOf(AssertionError.class);
    }

    @Test
    @Tag("SE58")
    void anErasedKeyThatIsStillCachedIsFound() {
        Stores stores = Stores.inMemory();
        SubjectKeyStoreContract flawed =
                () -> stores.with(SubjectKeyStore.class, withCache(stores.get(SubjectKeyStore.class)));
        assertThatThrownBy(flawed::aDestroyedKeyLeavesItsPseudonymAlone).isInstanceOf(AssertionError.class);
    }

    /** Keys as a node would remember them that reads each once. */
    private static SubjectKeyStore withCache(SubjectKeyStore real) {
        Map<String, Optional<SubjectKeyStore.SubjectKeyRow>> cache = new HashMap<>();
        return (SubjectKeyStore) Proxy.newProxyInstance(
                SubjectKeyStore.class.getClassLoader(),
                new Class<?>[] {SubjectKeyStore.class},
                (proxy, method, arguments) -> {
                    boolean finds =
                            method.getName().equals("find") || method.getName().equals("byPseudonym");
                    String key = method.getName() + List.of(arguments).subList(1, arguments.length);
                    if (finds && cache.containsKey(key)) {
                        return cache.get(key);
                    }
                    Object answer = method.invoke(real, arguments);
                    if (method.getName().equals("insertIfAbsent")) {
                        SubjectKeyStore.SubjectKeyRow row = (SubjectKeyStore.SubjectKeyRow) arguments[1];
                        cache.put("byPseudonym[" + row.pseudonym() + "]", Optional.of(row));
                        cache.put("find[" + row.owner() + ", " + row.subjectId() + "]", Optional.of(row));
                    }
                    return answer;
                });
    }
}
