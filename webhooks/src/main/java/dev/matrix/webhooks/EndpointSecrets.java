package dev.matrix.webhooks;

import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Resealable;
import dev.matrix.webhooks.spi.EndpointSecretStore.Kind;
import dev.matrix.webhooks.spi.EndpointSecretStore.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Endpoints' keys or header values, sealed again after a rotation of the keys that seal them. */
final class EndpointSecrets implements Resealable {

    private static final int PAGE = 500;

    private final WebhookStores stores;
    private final Kind kind;

    /** Where the last batch ended: those before it are current, unless the key has been rotated since. */
    private @Nullable String cursor;

    EndpointSecrets(WebhookStores stores, Kind kind) {
        this.stores = stores;
        this.kind = kind;
    }

    @Override
    public String purpose() {
        return switch (kind) {
            case KEY -> EndpointForm.SECRET_PURPOSE;
            case HEADERS -> EndpointForm.HEADERS_PURPOSE;
        };
    }

    @Override
    public int resealBatch(KeyRing keys, int limit, Instant now) {
        boolean whole = cursor == null;
        int found = walk(keys, limit);
        return found == 0 && !whole ? walk(keys, limit) : found;
    }

    /** From the cursor on; to the end, or until so many were found. */
    private int walk(KeyRing keys, int limit) {
        int found = 0;
        List<Secret> page = page(cursor);
        while (!page.isEmpty()) {
            for (Secret secret : page) {
                KeyUse use = new KeyUse(purpose(), secret.owner(), secret.id());
                if (!keys.isCurrent(use, secret.sealed())) {
                    reseal(keys, use, secret);
                    found++;
                }
                cursor = secret.id();
                if (found == limit) {
                    return found;
                }
            }
            page = page(cursor);
        }
        cursor = null;
        return found;
    }

    private List<Secret> page(@Nullable String after) {
        return stores.transactions().returning(tx -> stores.secrets().after(tx, kind, after, PAGE));
    }

    private void reseal(KeyRing keys, KeyUse use, Secret secret) {
        byte[] sealed = keys.seal(use, keys.open(use, secret.sealed()));
        stores.transactions().inTransaction(tx -> stores.secrets().replaceIfSame(tx, secret, sealed));
    }
}
