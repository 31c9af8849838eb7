package dev.matrix.refunds.tron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.refunds.RefundDestination;
import dev.matrix.refunds.bitcoin.BitcoinNetwork;
import dev.matrix.refunds.bitcoin.BitcoinRefunds;
import dev.matrix.refunds.spi.FakeCustody;
import dev.matrix.refunds.spi.ProviderStand;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundProviderContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refunds through a custodian keep what every provider promises. */
class CustodyContractTest {

    private static final String TRON = "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8";

    @Nested
    class TronTest implements RefundProviderContract {

        private RefundProvider provider = TronRefunds.through(new FakeCustody());

        @Override
        public ProviderStand stand() {
            FakeCustody custody = new FakeCustody();
            provider = TronRefunds.through(custody);
            return custody;
        }

        @Override
        public RefundProvider provider() {
            return provider;
        }

        @Override
        public RefundDestination destination() {
            return RefundDestination.address(TRON);
        }

        @ParameterizedTest
        @Tag("R35")
        @Tag("R36")
        @Tag("A32")
        @ValueSource(
                strings = {
                    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                    "TJRabPrwbZy45sbavfcjinPJC18kjpRTv9",
                    "TJRabPrwbZy45sbavfcjinPJC18kjpRTv",
                    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
                })
        void whatIsNoAddressOfTronsIsRefused(String address) {
            assertThat(provider.destinationProblem(RefundDestination.address(address)))
                    .isPresent();
            assertThat(provider.destinationProblem(destination())).isEmpty();
        }
    }

    @Nested
    class BitcoinTest implements RefundProviderContract {

        private RefundProvider provider = BitcoinRefunds.through(new FakeCustody(), BitcoinNetwork.MAIN);

        @Override
        public ProviderStand stand() {
            FakeCustody custody = new FakeCustody();
            provider = BitcoinRefunds.through(custody, BitcoinNetwork.MAIN);
            return custody;
        }

        @Override
        public RefundProvider provider() {
            return provider;
        }

        @Override
        public RefundDestination destination() {
            return RefundDestination.address("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0");
        }
    }
}
