package dev.matrix.refunds;

import dev.matrix.refunds.spi.ProviderStand;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundProviderContract;
import dev.matrix.testkit.ManualClock;

/** A sound provider passes the contract. */
class BankProviderContractTest implements RefundProviderContract {

    private final RefundProvider provider = BankRefunds.sound();

    @Override
    public ProviderStand stand() {
        return new FakeBank(ManualClock.at("2026-01-01T00:00:00Z"));
    }

    @Override
    public RefundProvider provider() {
        return provider;
    }
}
