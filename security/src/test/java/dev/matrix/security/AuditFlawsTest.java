package dev.matrix.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.spi.Stores;
import dev.matrix.core.spi.Tx;
import dev.matrix.security.spi.AuditQueueStore;
import dev.matrix.security.spi.AuditQueueStoreContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
}
