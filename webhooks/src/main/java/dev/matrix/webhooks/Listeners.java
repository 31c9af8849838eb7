package dev.matrix.webhooks;

import dev.matrix.core.spi.Tx;
import dev.matrix.webhooks.spi.EndpointStore.Loaded;
import dev.matrix.webhooks.spi.WebhookListener;
import java.time.InstantSource;
import java.util.List;

/** Tells the host's listeners what has committed; without any it reads nothing. */
record Listeners(List<WebhookListener> all, WebhookStores stores, EndpointForm form, InstantSource clock) {

    Listeners {
        all = List.copyOf(all);
    }

    void attempts(Tx tx, List<Attempt> attempts) {
        for (WebhookListener listener : all) {
            attempts.forEach(attempt -> tx.afterCommit(() -> listener.onAttempt(attempt)));
        }
    }

    /** The endpoint is read again after the commit, with its keys; a deleted one is not told of. */
    void endpoint(Tx tx, String id) {
        for (WebhookListener listener : all) {
            tx.hintAfterCommit(() -> read(id).forEach(loaded -> listener.onEndpoint(form.view(loaded))));
        }
    }

    private List<Loaded> read(String id) {
        return stores.transactions().returning(tx -> stores.endpoints().load(tx, List.of(id), clock.instant()));
    }
}
