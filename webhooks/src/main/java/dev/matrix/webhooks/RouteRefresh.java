package dev.matrix.webhooks;

import dev.matrix.core.spi.Step;
import dev.matrix.core.spi.Transactions;
import java.time.Instant;

/** Keeps routes for publishers in transactions that the host commits: they can't tell whether what they read came to be. */
record RouteRefresh(Transactions transactions, WebhookRouter router) implements Step {

    static final String NAME = "webhooks.routes";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Instant run(Instant now) {
        boolean more = transactions.returning(router::refresh);
        return more ? now : Instant.MAX;
    }
}
