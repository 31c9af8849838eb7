package dev.matrix.examples.customprovider;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bank's own books, in memory: one refund per key, one transfer per refund. Thread-safe. */
final class Northbank {

    /** Money that left the bank. */
    record Transfer(String reference, String capture, Money amount) {}

    /** A refund as the bank keeps it. */
    private record Refund(String id, String reference, String capture, String currency, String amount, String status) {

        String json() {
            return """
                    {"id": "%s", "reference": "%s", "capture": "%s", "currency": "%s", "amount": "%s", "status": "%s", "trace": "NB%s"}""".formatted(id, reference, capture, currency, amount, status, id);
        }
    }

    private final Map<String, Refund> refunds = new LinkedHashMap<>();
    private final List<Transfer> transfers = new ArrayList<>();

    /** Makes a refund, unless the key has one. */
    synchronized String put(String key, JsonFields request, String status) {
        Refund known = refunds.get(key);
        if (known == null) {
            known = new Refund(
                    "nb_" + refunds.size(),
                    text(request, "reference"),
                    text(request, "capture"),
                    text(request, "currency"),
                    text(request, "amount"),
                    status);
            refunds.put(key, known);
            transfers.add(new Transfer(
                    known.reference(),
                    known.capture(),
                    Money.of(known.amount(), Currencies.iso().get(known.currency()))));
        }
        return known.json();
    }

    private static String text(JsonFields request, String name) {
        return Optional.ofNullable(request.text(name))
                .orElseThrow(() -> new IllegalArgumentException("The request has no " + name + "."));
    }

    /** A refund by its key or its id. */
    synchronized Optional<String> find(String name) {
        return refunds.entrySet().stream()
                .filter(entry ->
                        entry.getKey().equals(name) || entry.getValue().id().equals(name))
                .findFirst()
                .map(entry -> entry.getValue().json());
    }

    /** What the bank writes into a notification about a refund. */
    synchronized String event(String reference) {
        Refund refund = refunds.values().stream()
                .filter(one -> one.reference().equals(reference))
                .findFirst()
                .orElseThrow();
        return """
                {"event": "evt_%s", "refund": "%s", "reference": "%s", "capture": "%s"}""".formatted(refund.id(), refund.id(), reference, refund.capture());
    }

    /** A refund ends otherwise than it began. */
    synchronized void become(String reference, String status) {
        refunds.replaceAll((key, refund) -> refund.reference().equals(reference)
                ? new Refund(refund.id(), reference, refund.capture(), refund.currency(), refund.amount(), status)
                : refund);
    }

    synchronized List<Transfer> transfers() {
        return List.copyOf(transfers);
    }
}
