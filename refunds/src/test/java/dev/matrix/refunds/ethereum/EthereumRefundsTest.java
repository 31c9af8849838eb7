package dev.matrix.refunds.ethereum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.RefundDestination;
import dev.matrix.refunds.RefundReason;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.CryptoTransactionStore;
import dev.matrix.refunds.spi.CryptoTransactionStore.CryptoTransaction;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.ProviderStand.Behaviour;
import dev.matrix.refunds.spi.ProviderStand.Finish;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.testkit.ManualClock;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One nonce per refund, the same bytes after every accident, and a bump that can't pay twice. */
class EthereumRefundsTest {

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final FakeChain chain = new FakeChain(clock, Currencies.standard().get("ETH"));
    private final FakeChain tokens = new FakeChain(clock, Currencies.standard().get("USDT"));
    private final EthereumRefunds ether =
            EthereumRefunds.ether(EthereumContractTest.NODE, FakeChain.CHAIN, EthereumContractTest.signer());
    private final EthereumRefunds usdt = EthereumRefunds.token(
            EthereumContractTest.NODE,
            FakeChain.CHAIN,
            Currencies.standard().get("USDT"),
            EthereumContractTest.TOKEN,
            EthereumContractTest.signer());

    private static RefundCommand command(String own, Money amount) {
        return new RefundCommand(
                own,
                own,
                "ref_1",
                "pay_1",
                Owner.user("u_42"),
                "0xcap",
                Map.of(),
                amount,
                RefundReason.GOODWILL,
                RefundDestination.address(EthereumContractTest.CUSTOMER),
                Map.of(),
                1);
    }

    private static RefundCommand eth(String own) {
        return command(own, Money.of("1.5", "ETH"));
    }

    private static RefundProbe probe(String own) {
        return new RefundProbe(own, List.of(own), null, "0xcap", Map.of(), Money.of("1.5", "ETH"), null);
    }

    private ProviderResult.Known found(String own) {
        return ((LookupResult.Found) ether.lookup(probe(own), chain.context())).state();
    }

    @Test
    @Tag("R32")
    @Tag("A33")
    void twoRefundsTakeTwoNonces() {
        ether.submit(eth("rfl_1"), chain.context());
        ether.submit(eth("rfl_2"), chain.context());

        assertThat(chain.waiting("rfl_1").nonce()).isZero();
        assertThat(chain.waiting("rfl_2").nonce()).isEqualTo(1);
        assertThat(chain.waiting("rfl_1").value())
                .isEqualTo(BigInteger.TEN.pow(17).multiply(BigInteger.valueOf(15)));
    }

    @Test
    @Tag("R32")
    @Tag("A33")
    void anAccidentAfterSigningLeadsToTheSameBytes() {
        chain.next(Behaviour.DROP_BEFORE_EXECUTION);
        assertThat(ether.submit(eth("rfl_1"), chain.context())).isInstanceOf(ProviderResult.Unknown.class);
        String signed = stored("rfl_1").get(0).raw();
        assertThat(ether.lookup(probe("rfl_1"), chain.context())).isInstanceOf(LookupResult.Absent.class);

        chain.base *= 3;
        assertThat(ether.submit(eth("rfl_1"), chain.context())).isInstanceOf(ProviderResult.Pending.class);

        assertThat(chain.raws()).containsExactly(signed);
    }

    private List<CryptoTransaction> stored(String own) {
        return chain.context()
                .stores()
                .transactions()
                .returning(tx -> chain.context()
                        .stores()
                        .get(CryptoTransactionStore.class)
                        .ofLeg(tx, "ethereum:" + FakeChain.CHAIN, own));
    }

    @Test
    @Tag("R32")
    void aCrashBeforeSigningSignsTheStoredFields() {
        ether.submit(eth("rfl_1"), chain.context());
        String first = chain.raws().get(0);
        chain.forget(chain.waiting("rfl_1").hash());
        CryptoTransaction row = stored("rfl_1").get(0);

        EthereumTransaction.Signed again = EthereumTransaction.of(row.fields()).sign(EthereumContractTest.signer());

        assertThat(again.hex()).isEqualTo(first);
    }

    @Test
    @Tag("A33")
    @Tag("R32")
    void theMessageOfASendErrorDecidesNothing() {
        ether.submit(eth("rfl_1"), chain.context());
        assertThat(ether.submit(eth("rfl_1"), chain.context())).isInstanceOf(ProviderResult.Pending.class);

        assertThat(chain.raws()).hasSize(2);
        assertThat(chain.executions()).hasSize(1);
    }

    @Test
    @Tag("R33")
    @Tag("A34")
    void aBumpKeepsTheNonceAndEitherHashSettles() {
        chain.base = 47;
        ether.submit(eth("rfl_1"), chain.context());
        FakeChain.Sent first = chain.waiting("rfl_1");
        assertThat(first.maxFee()).isEqualTo(BigInteger.valueOf(104));

        clock.advance(Duration.ofMinutes(10));
        ether.submit(eth("rfl_1"), chain.context());

        FakeChain.Sent second = chain.waiting("rfl_1");
        assertThat(second.nonce()).isEqualTo(first.nonce());
        assertThat(second.tip()).isEqualTo(BigInteger.valueOf(11));
        assertThat(second.maxFee()).isEqualTo(BigInteger.valueOf(115));
        assertThat(second.value()).isEqualTo(first.value());

        chain.forget(second.hash());
        chain.mine(first.hash(), 1, null);
        chain.finalizeAll();
        assertThat(found("rfl_1"))
                .isInstanceOfSatisfying(
                        ProviderResult.Succeeded.class,
                        paid -> assertThat(paid.providerRef()).isEqualTo(first.hash()));
    }

    @Test
    @Tag("A34")
    void tenthsAreRoundedUp() {
        EthereumTransaction old = EthereumTransaction.of(new EthereumTransaction(
                        false,
                        1,
                        0,
                        BigInteger.TEN,
                        BigInteger.valueOf(105),
                        BigInteger.ONE,
                        EthereumContractTest.CUSTOMER,
                        BigInteger.ONE,
                        new byte[0])
                .document());

        Preflight.Price bumped = new Preflight.Price(BigInteger.ONE, BigInteger.ONE).above(old);

        assertThat(bumped.tip()).isEqualTo(BigInteger.valueOf(11));
        assertThat(bumped.maxFee()).isEqualTo(BigInteger.valueOf(116));
    }

    @Test
    @Tag("R33")
    void whatIsMinedHasNotSucceededBeforeItIsFinal() {
        ether.submit(eth("rfl_1"), chain.context());
        chain.mine(chain.waiting("rfl_1").hash(), 1, null);
        assertThat(found("rfl_1")).isInstanceOf(ProviderResult.Pending.class);

        chain.finalizeAll();

        assertThat(found("rfl_1"))
                .isInstanceOfSatisfying(
                        ProviderResult.Succeeded.class,
                        paid -> assertThat(paid.facts().amount()).isEqualTo(Money.of("1.5", "ETH")));
    }

    @Test
    @Tag("R33")
    @Tag("A34")
    void aReorganisationThatDropsItLeadsToTheSameBytes() {
        ether.submit(eth("rfl_1"), chain.context());
        String hash = chain.waiting("rfl_1").hash();
        chain.mine(hash, 1, null);
        assertThat(found("rfl_1")).isInstanceOf(ProviderResult.Pending.class);
        chain.forget(hash);

        assertThat(ether.lookup(probe("rfl_1"), chain.context())).isInstanceOf(LookupResult.Absent.class);
        ether.submit(eth("rfl_1"), chain.context());

        assertThat(chain.raws()).hasSize(2);
        assertThat(chain.raws().get(1)).isEqualTo(chain.raws().get(0));
    }

    @Test
    @Tag("R33")
    @Tag("A34")
    void aRevertedTransferFailedAtFinality() {
        ether.submit(eth("rfl_1"), chain.context());
        chain.finish("rfl_1", Finish.FAILED);

        assertThat(found("rfl_1"))
                .isInstanceOfSatisfying(
                        ProviderResult.Declined.class,
                        no -> assertThat(no.code()).isEqualTo(DeclineCode.EXECUTION_REVERTED));
    }

    @Test
    @Tag("R33")
    @Tag("A34")
    void aTokensTransferIsProvenByItsEventAlone() {
        for (String own : List.of("rfl_1", "rfl_2", "rfl_3")) {
            usdt.submit(command(own, Money.of("12.345678", "USDT")), tokens.context());
        }
        FakeChain.Sent first = tokens.waiting("rfl_1");
        assertThat(first.to()).isEqualToIgnoringCase(EthereumContractTest.TOKEN);
        assertThat(first.value()).isZero();
        tokens.mine(first.hash(), 1, Decoded.log(first));
        tokens.mine(tokens.waiting("rfl_2").hash(), 1, null);
        FakeChain.Sent third = tokens.waiting("rfl_3");
        tokens.mine(third.hash(), 1, Decoded.log(third).replace("bc614e", "bc614d"));
        tokens.finalizeAll();

        assertThat(state("rfl_1")).isInstanceOf(ProviderResult.Succeeded.class);
        assertThat(state("rfl_2")).isInstanceOf(ProviderResult.Declined.class);
        assertThat(state("rfl_3")).isInstanceOf(ProviderResult.Declined.class);
    }

    private ProviderResult.Known state(String own) {
        return ((LookupResult.Found) usdt.lookup(
                        new RefundProbe(
                                own, List.of(own), null, "0xcap", Map.of(), Money.of("12.345678", "USDT"), null),
                        tokens.context()))
                .state();
    }

    @Test
    @Tag("R32")
    @Tag("A34")
    void whatIsWrongBeforeSigningSignsNothing() {
        chain.chainId = 1;
        assertThat(why("rfl_1")).isEqualTo(Attempted.CONFIGURATION);
        chain.chainId = FakeChain.CHAIN;
        chain.balance = BigInteger.ONE;
        assertThat(why("rfl_1")).isEqualTo(Attempted.FUNDING);
        chain.balance = BigInteger.TEN.pow(40);
        chain.base = 100_000_000_000L;
        assertThat(why("rfl_1")).isEqualTo(Attempted.FEE_ABOVE_CAP);
        chain.reachable(false);
        assertThat(why("rfl_1")).isEqualTo(Attempted.NOT_SENT);

        assertThat(stored("rfl_1")).isEmpty();
        assertThat(ether.lookup(probe("rfl_1"), chain.context())).isInstanceOf(LookupResult.Absent.class);
    }

    private Attempted why(String own) {
        return ((ProviderResult.NotExecuted) ether.submit(eth(own), chain.context())).why();
    }

    @Test
    @Tag("R45")
    @Tag("A50")
    void aPersonsDelegatedAccountIsPaidAndAContractIsNot() {
        chain.codes.put(EthereumContractTest.CUSTOMER, "0xef0100" + "ab".repeat(20));
        assertThat(ether.submit(eth("rfl_1"), chain.context())).isInstanceOf(ProviderResult.Pending.class);

        chain.codes.put(EthereumContractTest.CUSTOMER, "0x6080");
        assertThat(ether.submit(eth("rfl_2"), chain.context()))
                .isInstanceOfSatisfying(
                        ProviderResult.Declined.class,
                        no -> assertThat(no.code()).isEqualTo(DeclineCode.DESTINATION_INVALID));
        assertThat(ether.payingContracts().submit(eth("rfl_3"), chain.context()))
                .isInstanceOf(ProviderResult.Pending.class);
    }

    @ParameterizedTest
    @Tag("R35")
    @Tag("A32")
    @ValueSource(
            strings = {
                "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
                "0x0000000000000000000000000000000000000000",
                FakeChain.PAYER,
                EthereumContractTest.TOKEN,
                "0x70997970c51812dc3A010C7d01b50e0d17dc79C8"
            })
    void moneyIsNotSentWhereItWouldBeLost(String address) {
        assertThat(usdt.destinationProblem(RefundDestination.address(address))).isPresent();
        assertThat(usdt.destinationProblem(RefundDestination.address(EthereumContractTest.CUSTOMER)))
                .isEmpty();
    }

    @Test
    @Tag("R44")
    @Tag("A49")
    void aNonceThatAForeignTransactionUsedIsGivenUpAndANewOneTaken() {
        chain.next(Behaviour.DROP_BEFORE_EXECUTION);
        ether.submit(eth("rfl_1"), chain.context());
        chain.foreignNonce = 1;

        assertThat(ether.lookup(probe("rfl_1"), chain.context())).isInstanceOf(LookupResult.Absent.class);
        ether.submit(eth("rfl_1"), chain.context());

        assertThat(stored("rfl_1")).extracting(CryptoTransaction::dead).containsExactly(true, false);
        assertThat(chain.waiting("rfl_1").nonce()).isEqualTo(1);
        assertThat(chain.executions()).hasSize(1);
    }

    @Test
    @Tag("R33")
    void aCancellationCountsOnceItIsFinal() {
        chain.cancelsAtOnce = false;
        ether.submit(eth("rfl_1"), chain.context());
        ether.cancel(probe("rfl_1"), chain.context());
        assertThat(found("rfl_1")).isInstanceOf(ProviderResult.Pending.class);
        String replacing = chain.waiting("rfl_1").hash();

        chain.mine(replacing, 1, null);
        chain.finalizeAll();

        assertThat(found("rfl_1"))
                .isInstanceOfSatisfying(
                        ProviderResult.Declined.class,
                        no -> assertThat(no.code()).isEqualTo(DeclineCode.CANCELLED));
    }

    @Test
    @Tag("R32")
    void chainsWithoutEip1559GetOnePrice() {
        ether.legacy().submit(eth("rfl_1"), chain.context());

        assertThat(chain.raws().get(0)).startsWith("0xf8");
        assertThat(chain.waiting("rfl_1").maxFee()).isEqualTo(BigInteger.valueOf(chain.base));
    }
}
