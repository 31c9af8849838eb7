package dev.matrix.refunds;

import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Resealable;
import dev.matrix.refunds.spi.RefundSecretStore.Kind;
import dev.matrix.refunds.spi.RefundSecretStore.SecretRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Destinations, or evidence, sealed again after a rotation of the keys. */
final class ResealedValues implements Resealable {

    private static final int PAGE = 50;

    private final RefundStores stores;
    private final Kind kind;

    /** Where the last batch ended: those before it are current, unless the key has been rotated since. */
    private @Nullable SecretRow last;

    ResealedValues(RefundStores stores, Kind kind) {
        this.stores = stores;
        this.kind = kind;
    }

    @Override
    public String purpose() {
        return SealedValues.purpose(kind);
    }

    @Override
    public int resealBatch(KeyRing keys, int limit, Instant now) {
        boolean whole = last == null;
        int found = walk(keys, limit);
        return found == 0 && !whole ? walk(keys, limit) : found;
    }

    private int walk(KeyRing keys, int limit) {
        int found = 0;
        List<SecretRow> page = page();
        while (!page.isEmpty()) {
            for (SecretRow row : page) {
                KeyUse use = SealedValues.use(row);
                if (!keys.isCurrent(use, row.sealed())) {
                    byte[] sealed = keys.seal(use, keys.open(use, row.sealed()));
                    stores.transactions().inTransaction(tx -> stores.secrets().replaceIfSame(tx, row, sealed));
                    found++;
                }
                last = row;
                if (found == limit) {
                    return found;
                }
            }
            page = page();
        }
        last = null;
        return found;
    }

    private List<SecretRow> page() {
        return stores.transactions().returning(tx -> stores.secrets().after(tx, kind, last, PAGE));
    }
}
