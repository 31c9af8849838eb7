package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import dev.matrix.core.spi.HttpCall;
import dev.matrix.core.spi.HttpReply;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.TransportException;
import dev.matrix.core.spi.TransportException.Kind;
import dev.matrix.refunds.spi.ProviderContext;
import dev.matrix.refunds.spi.ProviderStand;
import dev.matrix.testkit.ScriptedTransport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** The bank itself: it executes once per key, keeps what it executed, and behaves as it is told. Thread-safe. */
final class FakeBank implements ProviderStand {

    /** A refund that the bank knows. */
    private record Booked(String id, String own, String capture, Money amount, String status) {

        String text() {
            return "id=" + id + ";own=" + own + ";capture=" + capture + ";amount=" + amount + ";status=" + status;
        }
    }

    private final InstantSource clock;
    private final Map<String, Booked> byOwn = new LinkedHashMap<>();
    private final Map<String, String> byKey = new HashMap<>();
    private final Map<String, Money> captures = new HashMap<>();
    private final List<Execution> executions = new ArrayList<>();
    private final Deque<Behaviour> script = new ArrayDeque<>();
    private boolean up = true;
    private Behaviour usual = Behaviour.ACCEPT;
    private int puts;

    FakeBank(InstantSource clock) {
        this.clock = clock;
    }

    HttpTransport transport() {
        return ScriptedTransport.answering(this::answer);
    }

    @Override
    public ProviderContext context() {
        return ProviderContext.of(transport(), clock, new Random(1));
    }

    @Override
    public synchronized String capture(Money amount) {
        String ref = "cpt_" + captures.size();
        captures.put(ref, amount);
        return ref;
    }

    @Override
    public synchronized void next(Behaviour behaviour) {
        script.add(behaviour);
    }

    /** From now on, unless the script says something else. */
    synchronized void always(Behaviour behaviour) {
        usual = behaviour;
    }

    @Override
    public synchronized void reachable(boolean reachable) {
        up = reachable;
    }

    @Override
    public synchronized List<Execution> executions() {
        return List.copyOf(executions);
    }

    /** How many requests to move money arrived. */
    synchronized int puts() {
        return puts;
    }

    @Override
    public synchronized void finish(String ownReference, Finish how) {
        byOwn.computeIfPresent(
                ownReference,
                (own, booked) -> new Booked(
                        booked.id(),
                        own,
                        booked.capture(),
                        booked.amount(),
                        how == Finish.SETTLED ? "settled" : "failed"));
    }

    @Override
    public List<String> secrets() {
        return List.of(BankRefunds.SECRET);
    }

    /** Answers a request; what it throws is the connection's fault. */
    synchronized HttpReply answer(HttpCall call) {
        String own = call.uri().getPath().substring("/refunds/".length());
        if (!up) {
            throw new TransportException(Kind.CONNECT, false, "The bank is down.", null);
        }
        return switch (call.method()) {
            case "PUT" -> put(call);
            case "DELETE" -> delete(own);
            default -> find(own);
        };
    }

    /** A refund made at the bank's own desk; returns the bank's id. */
    synchronized String desk(String capture, Money amount, String status) {
        String id = "desk_" + (1 + executions.size());
        byOwn.put(id, new Booked(id, "", capture, amount, status));
        executions.add(new Execution(id, capture, amount));
        return id;
    }

    /** What the bank would tell of refunds and disputes, signed. */
    static InboundNotification told(String event, Instant at, String... subjects) {
        byte[] body =
                ("event=" + event + ";at=" + at + ";" + String.join(";", subjects)).getBytes(StandardCharsets.UTF_8);
        return new InboundNotification(Map.of("Bank-Signature", List.of(BankRefunds.signature(body))), body, at);
    }

    @Override
    public synchronized Optional<InboundNotification> notification(String ownReference) {
        Booked booked = Objects.requireNonNull(byOwn.get(ownReference));
        return Optional.of(told(
                "evt_" + booked.id(),
                clock.instant(),
                "refund=" + booked.own() + "," + booked.id() + "," + booked.capture()));
    }

    private HttpReply find(String own) {
        Booked booked = own.equals("any")
                ? byOwn.values().stream().findFirst().orElse(null)
                : own.startsWith("id/")
                        ? byOwn.values().stream()
                                .filter(one -> one.id().equals(own.substring("id/".length())))
                                .findFirst()
                                .orElse(null)
                        : byOwn.get(own);
        return booked == null ? reply(404, "") : reply(200, booked.text());
    }

    private HttpReply delete(String own) {
        byOwn.computeIfPresent(
                own,
                (same, booked) -> booked.status().equals("pending")
                        ? new Booked(booked.id(), own, booked.capture(), booked.amount(), "cancelled")
                        : booked);
        return reply(200, "");
    }

    private HttpReply put(HttpCall call) {
        puts++;
        Behaviour behaviour = script.isEmpty() ? usual : script.poll();
        return switch (behaviour) {
            case REFUSE_CONNECTION -> throw new TransportException(Kind.CONNECT, false, "Refused.", null);
            case DROP_BEFORE_EXECUTION -> throw new TransportException(Kind.RESET, true, "Reset.", null);
            case ERROR_BEFORE_EXECUTION -> reply(503, "busy");
            case RATE_LIMIT -> reply(429, "slow down");
            case EXPIRED_CREDENTIALS -> reply(401, "expired");
            case DECLINE -> reply(422, "no");
            case DROP_AFTER_EXECUTION -> {
                execute(call, "settled");
                throw new TransportException(Kind.RESET, true, "Reset.", null);
            }
            case ERROR_AFTER_EXECUTION -> {
                execute(call, "settled");
                yield reply(500, "oops");
            }
            case GARBLED_REPLY -> {
                execute(call, "settled");
                yield reply(200, "<html>");
            }
            case UNKNOWN_STATUS -> reply(201, execute(call, "xyz").text());
            case ACCEPT_PENDING -> reply(201, execute(call, "pending").text());
            case ACCEPT -> reply(201, execute(call, "settled").text());
        };
    }

    private Booked execute(HttpCall call, String status) {
        String key =
                Objects.requireNonNull(call.headers().get("Idempotency-Key")).get(0);
        Map<String, String> fields = new HashMap<>();
        for (String field : new String(call.body(), StandardCharsets.UTF_8).split(";", -1)) {
            fields.put(field.split("=", 2)[0], field.split("=", 2)[1]);
        }
        String own = Objects.requireNonNull(fields.get("own"));
        String capture = Objects.requireNonNull(fields.get("capture"));
        String known = byKey.get(key);
        if (known != null) {
            return Objects.requireNonNull(byOwn.get(known));
        }
        String amount = fields.get("amount");
        Money moved = amount == null ? captures.getOrDefault(capture, Money.of("1.00", "EUR")) : Money.parse(amount);
        Booked booked = new Booked("bk_" + key, own, capture, moved, status);
        byKey.put(key, own);
        byOwn.put(own, booked);
        executions.add(new Execution(own, booked.capture(), moved));
        return booked;
    }

    private static HttpReply reply(int status, String body) {
        return ScriptedTransport.reply(status, Map.of(), body);
    }
}
