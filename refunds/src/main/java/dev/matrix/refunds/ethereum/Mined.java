package dev.matrix.refunds.ethereum;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.CryptoTransactionStore.CryptoTransaction;
import dev.matrix.refunds.spi.DeclineCode;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderFacts;
import dev.matrix.refunds.spi.ProviderResult;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a leg's transactions got. Whichever of them is mined counts: they share a nonce. */
record Mined(Asset asset, String self) {

    private static final Duration SOON = Duration.ofMinutes(1);

    /** What the chain says; null where no transaction of the leg is in a block. */
    ProviderResult.@Nullable Known state(
            EthereumNode node, List<CryptoTransaction> transactions, @Nullable Money amount, ProviderContext context) {
        for (CryptoTransaction row : transactions) {
            JsonFields receipt = row.hash() == null ? null : node.receipt(row.hash());
            BigInteger block = receipt == null ? null : EthereumNode.quantity(receipt, "blockNumber");
            if (receipt != null && block != null && row.hash() != null) {
                boolean isFinal = block.compareTo(node.finalBlock()) <= 0;
                return isFinal
                        ? ended(receipt, EthereumTransaction.of(row.fields()), row.hash(), amount)
                        : waiting(row.hash(), "mined", context);
            }
        }
        return null;
    }

    /** It is sent, and not yet beyond recall. */
    static ProviderResult.Pending waiting(String hash, String word, ProviderContext context) {
        return new ProviderResult.Pending(
                hash, context.clock().instant().plus(SOON), null, ProviderFacts.ofStatus(word));
    }

    private ProviderResult.Known ended(
            JsonFields receipt, EthereumTransaction fields, String hash, @Nullable Money amount) {
        boolean succeeded = BigInteger.ONE.equals(EthereumNode.quantity(receipt, "status"));
        boolean cancelled = fields.to().equalsIgnoreCase(self) && fields.value().signum() == 0;
        if (cancelled) {
            return new ProviderResult.Declined(
                    DeclineCode.CANCELLED,
                    "A transaction without value took the payment's place.",
                    hash,
                    ProviderFacts.ofStatus("cancelled"));
        }
        if (succeeded && hasPaid(receipt, fields)) {
            ProviderFacts facts = ProviderFacts.ofStatus("finalized");
            return new ProviderResult.Succeeded(hash, amount == null ? facts : facts.withAmount(amount));
        }
        return new ProviderResult.Declined(
                DeclineCode.EXECUTION_REVERTED,
                "The transaction was mined and moved nothing.",
                hash,
                ProviderFacts.ofStatus("reverted"));
    }

    /** A token's transfer is proven by its event alone: some tokens return nothing, others false. */
    private boolean hasPaid(JsonFields receipt, EthereumTransaction fields) {
        String contract = asset.contract();
        if (contract == null) {
            return true;
        }
        String data = HexFormat.of().formatHex(fields.data());
        String to = "0x" + data.substring(8, 72);
        String units = "0x" + data.substring(72);
        String from = "0x" + Asset.word(self.substring(2));
        return receipt.list("logs").stream().anyMatch(log -> {
            List<String> topics = log.texts("topics").stream()
                    .map(topic -> topic.toLowerCase(Locale.ROOT))
                    .toList();
            return contract.equalsIgnoreCase(log.text("address"))
                    && topics.equals(List.of(Asset.TRANSFERRED, from, to))
                    && units.equalsIgnoreCase(log.text("data"));
        });
    }
}
