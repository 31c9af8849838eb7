package dev.matrix.sla;

import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.Resealable;
import dev.matrix.sla.spi.ComponentStore.ProbeRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Seals the headers of probes anew once their key was rotated. */
record ProbeHeaders(SlaStores stores) implements Resealable {

    private static final int PAGE = 500;

    @Override
    public String purpose() {
        return Probes.HEADERS;
    }

    @Override
    public int resealBatch(KeyRing keys, int limit, Instant now) {
        int found = 0;
        @Nullable String cursor = null;
        do {
            PageRequest request = new PageRequest(PAGE, cursor);
            var page = stores.transactions().returning(tx -> stores.components().page(tx, request));
            for (ProbeRow row : page.items()) {
                if (row.sealedHeaders().length > 0 && !keys.isCurrent(Probes.use(row.id()), row.sealedHeaders())) {
                    reseal(keys, row);
                    found++;
                    if (found == limit) {
                        return found;
                    }
                }
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return found;
    }

    private void reseal(KeyRing keys, ProbeRow row) {
        byte[] sealed = keys.seal(Probes.use(row.id()), keys.open(Probes.use(row.id()), row.sealedHeaders()));
        stores.transactions()
                .inTransaction(tx -> stores.components()
                        .lock(tx, row.component())
                        .filter(now -> now.id().equals(row.id()))
                        .ifPresent(now -> stores.components()
                                .save(
                                        tx,
                                        new ProbeRow(
                                                now.id(),
                                                now.component(),
                                                now.target(),
                                                sealed,
                                                now.run(),
                                                now.nextDue(),
                                                now.token(),
                                                now.leaseUntil()))));
    }
}
