package dev.matrix.examples.customprovider;

import dev.matrix.refunds.spi.ProviderStand;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundProviderContract;
import dev.matrix.testkit.ManualClock;
import java.net.URI;

/** The whole proof that a provider needs: the contract, against a stand of its bank. */
class NorthbankRefundsTest implements RefundProviderContract {

    private final RefundProvider provider = new NorthbankRefunds(
            URI.create("https://api.northbank.example"), NorthbankStand.KEY, NorthbankStand.SECRET);

    @Override
    public ProviderStand stand() {
        return new NorthbankStand(ManualClock.at("2026-01-01T00:00:00Z"));
    }

    @Override
    public RefundProvider provider() {
        return provider;
    }
}
