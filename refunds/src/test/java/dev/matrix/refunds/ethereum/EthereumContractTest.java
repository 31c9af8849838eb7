package dev.matrix.refunds.ethereum;

import dev.matrix.core.money.Currencies;
import dev.matrix.refunds.RefundDestination;
import dev.matrix.refunds.spi.ProviderStand;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundProviderContract;
import dev.matrix.testkit.ManualClock;
import java.net.URI;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;

/** Ether and a token keep what every provider promises. */
class EthereumContractTest {

    static final URI NODE = URI.create("https://node.example/v3/key");
    static final String TOKEN = "0xdAC17F958D2ee523a2206206994597C13D831ec7";
    static final String CUSTOMER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    static EthereumSigner signer() {
        return EthereumSigner.local(
                HexFormat.of().parseHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));
    }

    @Nested
    class EtherTest implements RefundProviderContract {

        private final RefundProvider provider = EthereumRefunds.ether(NODE, FakeChain.CHAIN, signer());

        @Override
        public ProviderStand stand() {
            return new FakeChain(
                    ManualClock.at("2026-01-01T00:00:00Z"),
                    Currencies.standard().get("ETH"));
        }

        @Override
        public RefundProvider provider() {
            return provider;
        }

        @Override
        public RefundDestination destination() {
            return RefundDestination.address(CUSTOMER);
        }
    }

    @Nested
    class TokenTest implements RefundProviderContract {

        private final RefundProvider provider = EthereumRefunds.token(
                NODE, FakeChain.CHAIN, Currencies.standard().get("USDT"), TOKEN, signer());

        @Override
        public ProviderStand stand() {
            return new FakeChain(
                    ManualClock.at("2026-01-01T00:00:00Z"),
                    Currencies.standard().get("USDT"));
        }

        @Override
        public RefundProvider provider() {
            return provider;
        }

        @Override
        public RefundDestination destination() {
            return RefundDestination.address(CUSTOMER);
        }
    }
}
