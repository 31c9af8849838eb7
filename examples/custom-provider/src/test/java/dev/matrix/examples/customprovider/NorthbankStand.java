package dev.matrix.examples.customprovider;

import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.refunds.InboundNotification;
import dev.matrix.refunds.spi.HttpStand;
import dev.matrix.refunds.spi.JsonFields;
import dev.matrix.refunds.spi.ProviderApi;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Northbank for the contract: the same books as in the example, and a connection that fails as told. */
final class NorthbankStand extends HttpStand {

    static final String KEY = "nb-key";
    static final String SECRET = "nb-notification-secret";

    private final Northbank bank = new Northbank();

    NorthbankStand(InstantSource clock) {
        super(clock);
    }

    @Override
    protected String captureRef(int n) {
        return "cap_" + n;
    }

    @Override
    protected boolean movesMoney(HttpCall call) {
        return call.method().equals("PUT");
    }

    private static String key(HttpCall call) {
        return call.uri().getRawPath().substring("/refunds/".length());
    }

    @Override
    protected HttpReply read(HttpCall call) {
        return bank.find(key(call))
                .map(refund -> reply(200, refund))
                .orElseGet(() -> reply(404, "{\"error\": \"no_such_refund\"}"));
    }

    @Override
    protected HttpReply execute(HttpCall call, Behaviour how) {
        JsonFields request = Objects.requireNonNull(ProviderApi.read(call.body()));
        int before = bank.transfers().size();
        String refund = bank.put(
                key(call),
                request,
                how == Behaviour.ACCEPT ? "settled" : how == Behaviour.ACCEPT_PENDING ? "pending" : "xyz");
        bank.transfers().stream()
                .skip(before)
                .forEach(transfer -> moved(transfer.reference(), transfer.capture(), transfer.amount()));
        return reply(200, refund);
    }

    @Override
    protected HttpReply refuse(HttpCall call, Behaviour how) {
        return switch (how) {
            case RATE_LIMIT -> reply(429, "{\"error\": \"slow_down\"}");
            case EXPIRED_CREDENTIALS -> reply(401, "{\"error\": \"expired\"}");
            case DECLINE -> reply(422, "{\"error\": \"account_closed\"}");
            default -> reply(500, "{\"error\": \"internal\"}");
        };
    }

    @Override
    public void finish(String ownReference, Finish how) {
        bank.become(ownReference, how == Finish.SETTLED ? "settled" : "failed");
    }

    @Override
    public Optional<InboundNotification> notification(String ownReference) {
        String time = Long.toString(clock().instant().getEpochSecond());
        byte[] body = bank.event(ownReference).getBytes(StandardCharsets.UTF_8);
        return Optional.of(new InboundNotification(
                Map.of(
                        "Northbank-Time", List.of(time),
                        "Northbank-Signature", List.of(new NorthbankSignature(SECRET).sign(time, body))),
                body,
                clock().instant()));
    }

    @Override
    public List<String> secrets() {
        return List.of(KEY, SECRET);
    }
}
