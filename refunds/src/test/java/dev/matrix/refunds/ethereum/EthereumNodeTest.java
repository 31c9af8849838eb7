package dev.matrix.refunds.ethereum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.money.Money;
import dev.matrix.okhttp.OkHttpTransport;
import dev.matrix.refunds.NodePackage;
import dev.matrix.refunds.RefundDestination;
import dev.matrix.refunds.RefundReason;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.JsonRpc;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderResult;
import dev.matrix.refunds.spi.RefundCommand;
import dev.matrix.refunds.spi.RefundProbe;
import dev.matrix.testkit.ManualClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real node: it recovers the payer from what was signed, and mines, reorganises and drops as it is told. */
@Tag("anvil")
@Tag("A39")
class EthereumNodeTest {

    private static final String CUSTOMER = "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955";

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
    private final OkHttpTransport transport = OkHttpTransport.create();
    private final ProviderContext context = ProviderContext.of(transport, clock, new Random(1));
    private NodePackage anvil;
    private JsonRpc rpc;
    private EthereumRefunds ether;
    private BigInteger before;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        anvil = NodePackage.start(
                "@foundry-rs/anvil@1.7.1", "anvil", "--port", "PORT", "--no-mining", "--slots-in-an-epoch", "1");
        rpc = JsonRpc.over(ProviderApi.at(anvil.address()), "/");
        ether = EthereumRefunds.ether(anvil.address(), FakeChain.CHAIN, EthereumContractTest.signer());
        before = balance();
    }

    @AfterEach
    void stop() {
        anvil.close();
        transport.close();
    }

    private Json call(String method, Json... params) {
        JsonRpc.Reply reply = rpc.call(context, method, List.of(params));
        assertThat(reply).as(method).isInstanceOf(JsonRpc.Result.class);
        return ((JsonRpc.Result) reply).value();
    }

    private void mine(int blocks) {
        for (int n = 0; n < blocks; n++) {
            call("evm_mine");
        }
    }

    private BigInteger balance() {
        Json value = call("eth_getBalance", new JsonString(CUSTOMER), new JsonString("latest"));
        return new BigInteger(((JsonString) value).value().substring(2), 16);
    }

    private BigInteger received() {
        return balance().subtract(before);
    }

    private static RefundCommand command(String own) {
        return new RefundCommand(
                own,
                own,
                "ref_1",
                "pay_1",
                Owner.user("u_42"),
                "0xcap",
                Map.of(),
                Money.of("0.000000000000000001", "ETH").times(1_500_000_000_000_000_001L),
                RefundReason.GOODWILL,
                RefundDestination.address(CUSTOMER),
                Map.of(),
                1);
    }

    private LookupResult lookup(String own) {
        return ether.lookup(
                new RefundProbe(
                        own, List.of(own), null, "0xcap", Map.of(), command(own).amount(), null),
                context);
    }

    private String hash(ProviderResult result) {
        assertThat(result).isInstanceOf(ProviderResult.Pending.class);
        return String.valueOf(((ProviderResult.Pending) result).providerRef());
    }

    private void assertPaidOnce(String own, String hash) {
        mine(4);
        assertThat(lookup(own))
                .isInstanceOfSatisfying(
                        LookupResult.Found.class,
                        found -> assertThat(found.state())
                                .isInstanceOfSatisfying(
                                        ProviderResult.Succeeded.class,
                                        paid -> assertThat(paid.providerRef()).isEqualTo(hash)));
        assertThat(received()).isEqualTo(command(own).amount().minorUnits());
    }

    @Test
    void aRefundIsPaidToTheWei() {
        String hash = hash(ether.submit(command("rfl_1"), context));
        mine(1);
        assertThat(lookup("rfl_1"))
                .isInstanceOfSatisfying(
                        LookupResult.Found.class,
                        found -> assertThat(found.state()).isInstanceOf(ProviderResult.Pending.class));

        assertPaidOnce("rfl_1", hash);
    }

    @Test
    void aLegacyTransactionIsTakenToo() {
        String hash = hash(ether.legacy().submit(command("rfl_1"), context));

        assertPaidOnce("rfl_1", hash);
    }

    @Test
    void aBumpTakesThePlaceOfWhatWaits() {
        String first = hash(ether.submit(command("rfl_1"), context));
        clock.advance(Duration.ofMinutes(10));
        String second = hash(ether.submit(command("rfl_1"), context));

        assertThat(second).isNotEqualTo(first);
        assertPaidOnce("rfl_1", second);
    }

    @Test
    void aReorganisationLeadsToTheSameBytesAndOnePayment() {
        String hash = hash(ether.submit(command("rfl_1"), context));
        mine(1);
        assertThat(received()).isEqualTo(command("rfl_1").amount().minorUnits());
        call("anvil_reorg", new JsonNumber(BigDecimal.ONE), new JsonArray(List.of()));
        assertThat(received()).isZero();
        call("anvil_dropAllTransactions");

        assertThat(lookup("rfl_1")).isInstanceOf(LookupResult.Absent.class);
        assertThat(hash(ether.submit(command("rfl_1"), context))).isEqualTo(hash);

        assertPaidOnce("rfl_1", hash);
    }

    @Test
    void aDroppedTransactionIsSentAgain() {
        String hash = hash(ether.submit(command("rfl_1"), context));
        call("anvil_dropTransaction", new JsonString(hash));

        assertThat(lookup("rfl_1")).isInstanceOf(LookupResult.Absent.class);
        assertThat(hash(ether.submit(command("rfl_1"), context))).isEqualTo(hash);

        assertPaidOnce("rfl_1", hash);
    }

    @Test
    void aCancelledRefundIsNeverPaid() {
        hash(ether.submit(command("rfl_1"), context));
        ether.cancel(new RefundProbe("rfl_1", List.of("rfl_1"), null, "0xcap", Map.of(), null, null), context);
        mine(4);

        assertThat(lookup("rfl_1"))
                .isInstanceOfSatisfying(
                        LookupResult.Found.class,
                        found -> assertThat(found.state()).isInstanceOf(ProviderResult.Declined.class));
        assertThat(received()).isZero();
    }

    @Test
    void anotherChainGetsNoSignature() {
        ProviderResult result = EthereumRefunds.ether(anvil.address(), 1, EthereumContractTest.signer())
                .submit(command("rfl_1"), context);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ProviderResult.NotExecuted.class,
                        not -> assertThat(not.why()).isEqualTo(Attempted.CONFIGURATION));
        mine(1);
        assertThat(received()).isZero();
    }
}
