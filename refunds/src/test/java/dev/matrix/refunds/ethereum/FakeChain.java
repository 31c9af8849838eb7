package dev.matrix.refunds.ethereum;

import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.refunds.spi.CryptoTransactionStore;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.ProviderApi;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderStand;
import dev.matrix.testkit.ScriptedTransport;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A node of a small chain: it knows waiting and mined transactions by hash, mines when told, and forgets when told. */
final class FakeChain implements ProviderStand {

    static final long CHAIN = 31_337;
    static final String PAYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    /** A transaction as it was decoded. */
    record Sent(
            String hash,
            String raw,
            long nonce,
            BigInteger tip,
            BigInteger maxFee,
            String to,
            BigInteger value,
            String data) {}

    /** A mined one. */
    record Block(long number, int status, @Nullable String log) {}

    private final Currency currency;
    private final ProviderContext context;
    private final Map<String, Sent> known = new LinkedHashMap<>();
    private final Map<String, Block> mined = new HashMap<>();
    private final List<String> raws = new ArrayList<>();
    private final Deque<Behaviour> script = new ArrayDeque<>();
    final Map<String, String> codes = new HashMap<>();
    private boolean up = true;
    private boolean reverts;
    private boolean expelled;
    private String capture = "";
    private int captures;
    long chainId = CHAIN;
    long number = 100;
    long finalized = 99;
    long base = 1_000_000_000L;
    BigInteger balance = BigInteger.TEN.pow(40);
    long foreignNonce;
    boolean cancelsAtOnce = true;

    FakeChain(InstantSource clock, Currency currency) {
        this.currency = currency;
        HttpTransport transport = ScriptedTransport.answering(this::answer);
        this.context = ProviderContext.of(transport, clock, new Random(1));
    }

    private synchronized HttpReply answer(HttpCall call) {
        if (!up) {
            throw new TransportException(TransportException.Kind.CONNECT, false, "The node is down.", null);
        }
        JsonFields request = Objects.requireNonNull(ProviderApi.read(call.body()));
        if (expelled) {
            return ScriptedTransport.reply(401, Map.of(), "{\"error\": \"jwt expired\"}");
        }
        String method = Objects.requireNonNull(request.text("method"));
        List<Json> params = ((JsonArray) Objects.requireNonNull(request.object().get("params"))).items();
        String first = !params.isEmpty() && params.get(0) instanceof JsonString text ? text.value() : "";
        return switch (method) {
            case "eth_chainId" -> result(hex(chainId));
            case "eth_getCode" -> result("\"" + codes.getOrDefault(first, "0x") + "\"");
            case "eth_getBalance", "eth_call" -> result("\"0x" + balance.toString(16) + "\"");
            case "eth_estimateGas" -> reverts ? error(3, "execution reverted") : result(hex(21_000));
            case "eth_gasPrice" -> result(hex(base));
            case "eth_maxPriorityFeePerGas" -> result(hex(10));
            case "eth_feeHistory" -> result("{\"baseFeePerGas\": [%s, %s]}".formatted(hex(base), hex(base)));
            case "eth_blockNumber" -> result(hex(number));
            case "eth_getBlockByNumber" -> result("{\"number\": %s}".formatted(hex(finalized)));
            case "eth_getTransactionCount" -> result(hex(count(params)));
            case "eth_getTransactionByHash" ->
                result(known.containsKey(first) ? "{\"hash\": \"" + first + "\"}" : "null");
            case "eth_getTransactionReceipt" -> result(receipt(first));
            case "eth_sendRawTransaction" -> sent(first);
            default -> error(-32601, "the method doesn't exist");
        };
    }

    private static String hex(long value) {
        return "\"0x" + Long.toHexString(value) + "\"";
    }

    private static HttpReply result(String json) {
        return ScriptedTransport.reply(200, Map.of(), "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": " + json + "}");
    }

    private static HttpReply error(int code, String message) {
        return ScriptedTransport.reply(
                200,
                Map.of(),
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"error\": {\"code\": %s, \"message\": \"%s\"}}"
                        .formatted(code, message));
    }

    /** Of the chain at a block: mined alone; "pending" counts what waits too. */
    private long count(List<Json> params) {
        boolean pending =
                params.get(1) instanceof JsonString text && text.value().equals("pending");
        long own = known.values().stream()
                .filter(sent -> pending || isFinal(mined.get(sent.hash())))
                .mapToLong(sent -> sent.nonce() + 1)
                .max()
                .orElse(0);
        return Math.max(own, foreignNonce);
    }

    private boolean isFinal(@Nullable Block block) {
        return block != null && block.number() <= finalized;
    }

    private String receipt(String hash) {
        Block block = mined.get(hash);
        return block == null
                ? "null"
                : "{\"status\": %s, \"blockNumber\": %s, \"logs\": [%s]}"
                        .formatted(hex(block.status()), hex(block.number()), block.log() == null ? "" : block.log());
    }

    private HttpReply sent(String raw) {
        Behaviour behaviour = script.isEmpty() ? Behaviour.ACCEPT : script.remove();
        switch (behaviour) {
            case REFUSE_CONNECTION ->
                throw new TransportException(TransportException.Kind.CONNECT, false, "Refused.", null);
            case DROP_BEFORE_EXECUTION ->
                throw new TransportException(TransportException.Kind.RESET, true, "Reset.", null);
            case ERROR_BEFORE_EXECUTION, RATE_LIMIT -> {
                return ScriptedTransport.reply(behaviour == Behaviour.RATE_LIMIT ? 429 : 500, Map.of(), "{}");
            }
            default -> {}
        }
        raws.add(raw);
        Sent decoded = Decoded.transaction(raw);
        if (known.containsKey(decoded.hash())) {
            return error(-32000, "already known");
        }
        if (decoded.nonce() < foreignNonce) {
            return error(-32000, "nonce too low");
        }
        known.values().removeIf(before -> before.nonce() == decoded.nonce());
        known.put(decoded.hash(), decoded);
        if (decoded.to().equalsIgnoreCase(PAYER) && cancelsAtOnce) {
            mine(decoded.hash(), 1, null);
            finalized = number;
        }
        return switch (behaviour) {
            case DROP_AFTER_EXECUTION ->
                throw new TransportException(TransportException.Kind.RESET, true, "Reset.", null);
            case ERROR_AFTER_EXECUTION -> ScriptedTransport.reply(500, Map.of(), "{}");
            case GARBLED_REPLY -> ScriptedTransport.reply(200, Map.of(), "<html>");
            default -> result("\"" + decoded.hash() + "\"");
        };
    }

    /** What is waiting or mined for a leg. */
    synchronized Sent waiting(String legId) {
        return known.values().stream()
                .filter(sent -> legOf(sent.hash()).equals(legId))
                .findFirst()
                .orElseThrow();
    }

    synchronized List<String> raws() {
        return List.copyOf(raws);
    }

    synchronized void mine(String hash, int status, @Nullable String log) {
        number++;
        mined.put(hash, new Block(number, status, log));
    }

    synchronized void finalizeAll() {
        finalized = number;
    }

    /** A reorganisation: the block is gone, and the transaction with it. */
    synchronized void forget(String hash) {
        mined.remove(hash);
        known.remove(hash);
    }

    private String legOf(String hash) {
        return context.stores()
                .transactions()
                .returning(tx -> context.stores()
                        .get(CryptoTransactionStore.class)
                        .legOf(tx, "ethereum:" + CHAIN, hash)
                        .orElse(""));
    }

    @Override
    public ProviderContext context() {
        return context;
    }

    @Override
    public synchronized String capture(Money amount) {
        capture = "0xcap" + captures++;
        return capture;
    }

    @Override
    public synchronized void next(Behaviour behaviour) {
        if (behaviour == Behaviour.DECLINE) {
            reverts = true;
        } else if (behaviour == Behaviour.EXPIRED_CREDENTIALS) {
            expelled = true;
        } else {
            script.add(behaviour);
        }
    }

    @Override
    public synchronized void reachable(boolean reachable) {
        up = reachable;
    }

    /** What waits counts: it can be mined at any moment. */
    @Override
    public synchronized List<Execution> executions() {
        return known.values().stream()
                .filter(sent -> !sent.to().equalsIgnoreCase(PAYER))
                .map(sent -> new Execution(
                        legOf(sent.hash()),
                        capture,
                        Money.ofMinor(
                                sent.data().isEmpty()
                                        ? sent.value()
                                        : new BigInteger(sent.data().substring(72), 16),
                                currency)))
                .toList();
    }

    @Override
    public synchronized void finish(String ownReference, Finish how) {
        Sent sent = waiting(ownReference);
        mine(sent.hash(), how == Finish.SETTLED ? 1 : 0, how == Finish.SETTLED ? Decoded.log(sent) : null);
        finalizeAll();
    }

    @Override
    public List<String> secrets() {
        return List.of("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
    }
}
