package dev.matrix.refunds.stripe;

import dev.matrix.refunds.spi.ProviderStand;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundProviderContract;
import dev.matrix.testkit.ManualClock;

/** Stripe keeps what every provider promises. */
class StripeRefundsContractTest implements RefundProviderContract {

    private final RefundProvider provider =
            StripeRefunds.withKey(FakeStripe.KEY).notifiedWith(FakeStripe.WEBHOOK_SECRET);

    @Override
    public ProviderStand stand() {
        return new FakeStripe(ManualClock.at("2026-01-01T00:00:00Z"));
    }

    @Override
    public RefundProvider provider() {
        return provider;
    }
}
