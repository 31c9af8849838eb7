package dev.matrix.webhooks;

import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Transactions;
import java.time.Instant;

/**
 * Does what publishers can't do for themselves: keeps routes for those in transactions that the host commits, as they can't tell
 * whether what they read was committed, and compiles filters.
 */
record RouteRefresh(Transactions transactions, WebhookRouter router) implements Step {

    static final String NAME = "webhooks.routes";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        boolean more = transactions.returning(router::refresh);
        router.compile();
        return more ? now : Instant.MAX;
    }
}
