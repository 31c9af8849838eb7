package dev.matrix.refunds.spi;

import dev.matrix.core.money.Money;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.ScriptedTransport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A custodian in this process that pays once per reference, and fails as told; the contract's stand as well. Thread-safe. */
public final class FakeCustody implements PayoutCustody, ProviderStand {

    private final Map<String, ProviderResult.Known> payouts = new LinkedHashMap<>();
    private final List<Execution> executions = new ArrayList<>();
    private final Deque<Behaviour> script = new ArrayDeque<>();
    private final ProviderContext context = ProviderContext.of(
            ScriptedTransport.replying(ScriptedTransport.reply(500)),
            ManualClock.at("2026-01-01T00:00:00Z"),
            new Random(1));
    private boolean up = true;
    private String capture = "";

    @Override
    public synchronized ProviderResult send(PayoutOrder order, ProviderContext with) {
        Behaviour behaviour = !up ? Behaviour.REFUSE_CONNECTION : script.isEmpty() ? Behaviour.ACCEPT : script.remove();
        switch (behaviour) {
            case REFUSE_CONNECTION, RATE_LIMIT, EXPIRED_CREDENTIALS -> {
                return new ProviderResult.NotExecuted(
                        behaviour == Behaviour.RATE_LIMIT
                                ? Attempted.RATE_LIMITED
                                : behaviour == Behaviour.EXPIRED_CREDENTIALS
                                        ? Attempted.CONFIGURATION
                                        : Attempted.NOT_SENT,
                        "The custodian says no for now.",
                        null);
            }
            case DROP_BEFORE_EXECUTION, ERROR_BEFORE_EXECUTION -> {
                return new ProviderResult.Unknown("Lost.");
            }
            case DECLINE -> {
                return new ProviderResult.Declined(DeclineCode.REJECTED, "No.", null, ProviderFacts.none());
            }
            default -> {}
        }
        ProviderResult.Known known = payouts.get(order.ownReference());
        if (known == null) {
            ProviderFacts facts = ProviderFacts.ofStatus("sent").withReferences(order.ownReference(), null);
            known = behaviour == Behaviour.ACCEPT_PENDING || behaviour == Behaviour.UNKNOWN_STATUS
                    ? new ProviderResult.Pending("tx_" + order.ownReference(), null, null, facts)
                    : new ProviderResult.Succeeded("tx_" + order.ownReference(), facts);
            payouts.put(order.ownReference(), known);
            executions.add(new Execution(order.ownReference(), capture, order.amount()));
        }
        return switch (behaviour) {
            case DROP_AFTER_EXECUTION, ERROR_AFTER_EXECUTION, GARBLED_REPLY -> new ProviderResult.Unknown("Lost.");
            default -> known;
        };
    }

    @Override
    public synchronized LookupResult find(RefundProbe probe, ProviderContext with) {
        if (!up) {
            return new LookupResult.Unavailable("Down.");
        }
        String ref = probe.providerRef();
        ProviderResult.Known known =
                payouts.get(ref == null ? probe.ownReference() : ref.substring(ref.indexOf('_') + 1));
        return known == null ? new LookupResult.Absent() : new LookupResult.Found(known);
    }

    @Override
    public ProviderContext context() {
        return context;
    }

    @Override
    public synchronized String capture(Money amount) {
        capture = "cap_" + executions.size();
        return capture;
    }

    @Override
    public synchronized void next(Behaviour behaviour) {
        script.add(behaviour);
    }

    @Override
    public synchronized void reachable(boolean reachable) {
        up = reachable;
    }

    @Override
    public synchronized List<Execution> executions() {
        return List.copyOf(executions);
    }

    @Override
    public synchronized void finish(String ownReference, Finish how) {
        payouts.computeIfPresent(
                ownReference,
                (own, known) -> how == Finish.SETTLED
                        ? new ProviderResult.Succeeded("tx_" + own, known.facts())
                        : new ProviderResult.Declined(DeclineCode.REJECTED, "Failed.", "tx_" + own, known.facts()));
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }
}
