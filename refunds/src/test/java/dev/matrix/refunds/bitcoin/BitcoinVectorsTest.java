package dev.matrix.refunds.bitcoin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.refunds.RefundDestination;
import dev.matrix.refunds.spi.FakeCustody;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses against the vectors of BIP-173 and BIP-350, valid and invalid. */
@Tag("A31")
@Tag("R35")
class BitcoinVectorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A12UEL5L",
                "a12uel5l",
                "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
                "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
                "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
                "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
                "?1ezyfcl"
            })
    void bech32(String text) {
        assertThat(Objects.requireNonNull(Bech32.read(text)).isModified()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A1LQFN3A",
                "a1lqfn3a",
                "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7hg6",
                "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
                "11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllludsr8",
                "split1checkupstagehandshakeupstreamerranterredcaperredlc445v",
                "?1v759aa"
            })
    void bech32m(String text) {
        assertThat(Objects.requireNonNull(Bech32.read(text)).isModified()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pzry9x0s0muk",
                "1pzry9x0s0muk",
                "x1b4n0q5v",
                "li1dgmt3",
                "A1G7SGD8",
                "10a06t8",
                "1qzzfhee",
                "qyrz8wqd2c9m",
                "1qyrz8wqd2c9m",
                "y1b0jsk6g",
                "lt1igcx5c0",
                "in1muywd",
                "mm1crxm3i",
                "au1s5cgom",
                "M1VUXWEZ",
                "16plkw9",
                "1p2gdwpf",
                "a12uEL5L"
            })
    void neither(String text) {
        assertThat(Bech32.read(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "MAIN,BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "TEST,tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
        "MAIN,bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        "MAIN,BC1SW50QGDZ25J",
        "MAIN,bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
        "TEST,tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
        "TEST,tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
        "MAIN,bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        "MAIN,1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "MAIN,3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        "TEST,mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn"
    })
    void addresses(BitcoinNetwork network, String address) {
        assertThat(network.problem(address)).isEmpty();
        assertThat((network == BitcoinNetwork.MAIN ? BitcoinNetwork.TEST : BitcoinNetwork.MAIN).problem(address))
                .isPresent();
    }

    @ParameterizedTest
    @Tag("A32")
    @ValueSource(
            strings = {
                "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
                "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf",
                "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
                "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",
                "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
                "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
                "bc1pw5dgrnzv",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
                "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
                "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
                "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j",
                "bc1gmk9yu",
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
                "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                ""
            })
    void whatIsNoAddress(String address) {
        for (BitcoinNetwork network : BitcoinNetwork.values()) {
            assertThat(network.problem(address)).as("%s", network).isPresent();
        }
    }

    @Test
    @Tag("A32")
    void anAddressOfTheTestNetworkIsRefusedOnTheMainOne() {
        BitcoinRefunds refunds = BitcoinRefunds.through(new FakeCustody(), BitcoinNetwork.MAIN);

        assertThat(refunds.destinationProblem(
                        RefundDestination.address("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7")))
                .isPresent();
    }
}
