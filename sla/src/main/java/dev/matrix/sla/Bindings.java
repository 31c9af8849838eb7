package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.SlaBindingStore.BindingRow;
import dev.matrix.sla.spi.SlaBindingStore.Bound;
import dev.matrix.sla.spi.SlaBindingStore.SubscriptionRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps bindings. Each method locks the subscription's row, and refuses before it has written anything. */
record Bindings(SlaStores stores, Records records, Text text, Runnable changed) {

    static final String HOST = "host";
    static final String EVENT = "event";

    private static final int MOST = 1_000;

    SlaBinding bind(Tx tx, SlaBinding binding) {
        if (records.newest(tx, binding.tier()).isEmpty()) {
            throw new InvalidRequestException(
                    "tier " + binding.tier() + " has no definition; define it before binding subscriptions to it.");
        }
        Optional<Bound> known = stores.bindings().find(tx, binding.subscriptionId());
        if (known.isPresent() && !known.get().subscription().owner().equals(binding.owner())) {
            throw new NotFoundException("No subscription " + binding.subscriptionId() + ".");
        }
        known.ifPresent(bound -> refuseOverlap(Subscribed.of(bound, text), binding));
        SubscriptionRow row = stores.bindings().lock(tx, binding.subscriptionId(), binding.owner());
        Subscribed now = require(tx, row.id());
        refuseOverlap(now, binding);
        if (!row.owner().equals(binding.owner())) {
            throw new NotFoundException("No subscription " + binding.subscriptionId() + ".");
        }
        List<SlaBinding> all = new ArrayList<>(now.bindings());
        all.add(binding);
        replace(tx, row, all, HOST);
        return binding;
    }

    private static void refuseOverlap(Subscribed known, SlaBinding binding) {
        Requirements.range(known.bindings().size() + 1, 1, MOST, "bindings of a subscription");
        for (SlaBinding each : known.bindings()) {
            if (each.overlaps(binding)) {
                throw new ConflictException("Subscription " + binding.subscriptionId() + " is bound to " + each.tier()
                        + " from " + each.from() + (each.to() == null ? "" : " to " + each.to())
                        + "; end or change that binding.");
            }
        }
    }

    SlaBinding change(Tx tx, String subscription, String tier, Instant from) {
        Requirements.wholeMinute(from, "from");
        if (records.newest(tx, tier).isEmpty()) {
            throw new InvalidRequestException("tier " + tier + " has no definition; define it first.");
        }
        Subscribed now = locked(tx, subscription);
        SlaBinding running = running(now, from);
        SlaBinding changed = running.after(tier, from);
        List<SlaBinding> all = new ArrayList<>(now.bindings());
        all.remove(running);
        if (running.from().isBefore(from)) {
            all.add(running.until(from));
        }
        all.add(changed);
        replace(tx, now.row(), all, HOST);
        return changed;
    }

    void end(Tx tx, String subscription, Instant at) {
        Requirements.wholeMinute(at, "at");
        Subscribed now = locked(tx, subscription);
        SlaBinding running = running(now, at);
        List<SlaBinding> all = new ArrayList<>(now.bindings());
        all.remove(running);
        if (running.from().isBefore(at)) {
            all.add(running.until(at));
        }
        replace(tx, now.row(), all, HOST);
    }

    private static SlaBinding running(Subscribed subscribed, Instant at) {
        SlaBinding running = subscribed.at(at);
        if (running == null) {
            throw new ConflictException("Subscription " + subscribed.id() + " has no binding at " + at + ".");
        }
        return running;
    }

    Subscribed require(Tx tx, String subscription) {
        return records.subscription(tx, subscription)
                .orElseThrow(() -> new NotFoundException("No subscription " + subscription + "."));
    }

    /** The subscription as it is once its row is locked. */
    Subscribed locked(Tx tx, String subscription) {
        SubscriptionRow row = require(tx, subscription).row();
        stores.bindings().lock(tx, subscription, row.owner());
        return require(tx, subscription);
    }

    void replace(Tx tx, SubscriptionRow row, List<SlaBinding> bindings, String origin) {
        List<BindingRow> rows = new ArrayList<>();
        for (SlaBinding binding :
                bindings.stream().sorted(Comparator.comparing(SlaBinding::from)).toList()) {
            rows.add(Subscribed.row(binding, rows.size(), origin, text));
        }
        stores.bindings().replace(tx, row, rows);
        tx.afterCommit(changed);
    }

    /** Who made a subscription's bindings; null: nobody yet. */
    @Nullable
    String origin(Tx tx, String subscription) {
        return stores.bindings()
                .find(tx, subscription)
                .flatMap(bound -> bound.bindings().stream().findFirst())
                .map(BindingRow::origin)
                .orElse(null);
    }
}
