package dev.matrix.refunds.ethereum;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.JsonRpc;
import dev.matrix.refunds.spi.ProviderContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A node of the chain for one call of the provider (github.com/ethereum/execution-apis). What it doesn't answer is thrown. */
record EthereumNode(JsonRpc rpc, ProviderContext context) {

    private static final Pattern QUANTITY = Pattern.compile("0x[0-9a-fA-F]{1,64}");
    private static final long SAFE_DEPTH = 64;

    private Json result(String method, Json... params) {
        JsonRpc.Reply reply = rpc.call(context, method, List.of(params));
        if (reply instanceof JsonRpc.Result result) {
            return result.value();
        }
        if (reply instanceof JsonRpc.Unauthorised refused) {
            throw new NodeException(
                    "The node answered " + refused.status() + " to " + method + ": it doesn't take the credentials.",
                    Attempted.CONFIGURATION,
                    0);
        }
        if (reply instanceof JsonRpc.Refused refused) {
            throw new NodeException(
                    "The node refused " + method + " with " + refused.code() + ": " + refused.message() + ".",
                    Attempted.NOT_SENT,
                    refused.code());
        }
        throw new NodeException(method + ": " + ((JsonRpc.Lost) reply).missing().cause(), Attempted.NOT_SENT, 0);
    }

    private static NodeException odd(String method) {
        return new NodeException(
                "The node answered " + method + " with something that can't be.", Attempted.NOT_SENT, 0);
    }

    private static Json text(String value) {
        return new JsonString(value);
    }

    private static BigInteger quantity(String method, @Nullable Json value) {
        if (value instanceof JsonString string
                && QUANTITY.matcher(string.value()).matches()) {
            return new BigInteger(string.value().substring(2), 16);
        }
        throw odd(method);
    }

    /** A number of a block, receipt or transaction; null where it has none. */
    static @Nullable BigInteger quantity(JsonFields fields, String name) {
        String value = fields.text(name);
        return value == null || !QUANTITY.matcher(value).matches() ? null : new BigInteger(value.substring(2), 16);
    }

    BigInteger chainId() {
        return quantity("eth_chainId", result("eth_chainId"));
    }

    BigInteger balance(String address) {
        return quantity("eth_getBalance", result("eth_getBalance", text(address), text("latest")));
    }

    String code(String address) {
        return result("eth_getCode", text(address), text("latest")) instanceof JsonString code ? code.value() : "?";
    }

    BigInteger tokenBalance(String contract, String owner) {
        Json call = new JsonObject(Map.of("to", text(contract), "data", text(Asset.balanceOf(owner))));
        return quantity("eth_call", result("eth_call", call, text("latest")));
    }

    BigInteger gas(String from, String to, BigInteger value, String data) {
        Json call = new JsonObject(Map.of(
                "from", text(from), "to", text(to), "value", text("0x" + value.toString(16)), "data", text(data)));
        return quantity("eth_estimateGas", result("eth_estimateGas", call));
    }

    BigInteger gasPrice() {
        return quantity("eth_gasPrice", result("eth_gasPrice"));
    }

    /** The base fee of the next block, and the tip that half of the gas in the last block paid. */
    Fees fees() {
        Json history = result("eth_feeHistory", text("0x1"), text("latest"), new JsonArray(List.of(number(50))));
        if (history instanceof JsonObject object
                && object.get("baseFeePerGas") instanceof JsonArray bases
                && !bases.items().isEmpty()) {
            BigInteger base =
                    quantity("eth_feeHistory", bases.items().get(bases.items().size() - 1));
            BigInteger tip = quantity("eth_maxPriorityFeePerGas", result("eth_maxPriorityFeePerGas"));
            return new Fees(base, tip);
        }
        throw odd("eth_feeHistory");
    }

    private static Json number(int value) {
        return new JsonNumber(BigDecimal.valueOf(value));
    }

    /** What the next block asks for, per gas. */
    record Fees(BigInteger base, BigInteger tip) {}

    /** How many transactions of an address are in the chain, or wait to be. */
    long nonce(String address, String block) {
        return quantity("eth_getTransactionCount", result("eth_getTransactionCount", text(address), text(block)))
                .longValueExact();
    }

    /** Sends what was signed; whatever the node says to it, only a look-up by the hash tells. */
    void send(String raw) {
        result("eth_sendRawTransaction", text(raw));
    }

    private @Nullable JsonFields object(String method, Json... params) {
        Json value = result(method, params);
        if (value instanceof JsonObject object) {
            return new JsonFields(object);
        }
        if (value instanceof JsonNull) {
            return null;
        }
        throw odd(method);
    }

    /** Whether the node has a transaction, waiting or mined. */
    boolean knows(String hash) {
        return object("eth_getTransactionByHash", text(hash)) != null;
    }

    @Nullable
    JsonFields receipt(String hash) {
        return object("eth_getTransactionReceipt", text(hash));
    }

    /** The last block that can't be undone: the finalized one, or one 64 blocks deep where the node knows none. */
    BigInteger finalBlock() {
        JsonFields block = null;
        try {
            block = object("eth_getBlockByNumber", text("finalized"), new JsonBoolean(false));
        } catch (NodeException unknown) {
            if (!String.valueOf(unknown.getMessage()).contains("refused")) {
                throw unknown;
            }
        }
        BigInteger finalized = block == null ? null : quantity(block, "number");
        return finalized != null
                ? finalized
                : quantity("eth_blockNumber", result("eth_blockNumber")).subtract(BigInteger.valueOf(SAFE_DEPTH));
    }
}
