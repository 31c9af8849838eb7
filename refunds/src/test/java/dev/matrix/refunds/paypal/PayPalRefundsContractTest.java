package dev.matrix.refunds.paypal;

import dev.matrix.refunds.spi.ProviderStand;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundProviderContract;
import dev.matrix.testkit.ManualClock;

/** PayPal keeps what every provider promises. */
class PayPalRefundsContractTest implements RefundProviderContract {

    private RefundProvider provider = PayPalRefunds.live(FakePayPal.CLIENT, FakePayPal.SECRET);

    /** A stand gives tokens of its own, so the provider starts without one. */
    @Override
    public ProviderStand stand() {
        provider = PayPalRefunds.live(FakePayPal.CLIENT, FakePayPal.SECRET).notifiedBy(FakePayPal.WEBHOOK);
        return new FakePayPal(ManualClock.at("2026-01-01T00:00:00Z"));
    }

    @Override
    public RefundProvider provider() {
        return provider;
    }
}
