package dev.matrix.sla.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.ChargeStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

final class MemoryChargeStore implements ChargeStore {

    private final MemoryTable<String, ChargeRow> charges = new MemoryTable<>();
    private final MemoryTable<String, LegRow> legs = new MemoryTable<>();

    @Override
    public boolean insert(Tx tx, ChargeRow row) {
        return charges.putIfAbsent(tx, row.id(), row);
    }

    @Override
    public Optional<ChargeRow> find(Tx tx, String id) {
        return Optional.ofNullable(charges.get(tx, id));
    }

    @Override
    public List<ChargeRow> charged(Tx tx, String subscription, Instant from, Instant to) {
        return charges.rows(tx).values().stream()
                .filter(row -> row.subscription().equals(subscription)
                        && row.from().isBefore(to)
                        && row.to().isAfter(from))
                .toList();
    }

    @Override
    public List<ChargeRow> ofInvoice(Tx tx, String invoice) {
        return charges.rows(tx).values().stream()
                .filter(row -> row.invoice().equals(invoice))
                .toList();
    }

    private static String key(LegRow leg) {
        return Keys.of(leg.id(), leg.kind(), leg.owner().toString());
    }

    @Override
    public boolean keep(Tx tx, LegRow leg) {
        return legs.putIfAbsent(tx, key(leg), leg);
    }

    @Override
    public List<LegRow> legs(Tx tx, Collection<String> invoices) {
        return legs.rows(tx).values().stream()
                .filter(each -> invoices.contains(each.invoice()))
                .toList();
    }

    @Override
    public int rename(Tx tx, Owner owner, Owner pseudonym) {
        List<ChargeRow> own = charges.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .toList();
        own.forEach(row -> charges.put(
                tx,
                row.id(),
                new ChargeRow(
                        row.id(), row.invoice(), row.subscription(), pseudonym, row.from(), row.to(), row.json())));
        legs.rows(tx).values().stream()
                .filter(leg -> leg.owner().equals(owner))
                .toList()
                .forEach(leg -> {
                    LegRow renamed = new LegRow(pseudonym, leg.id(), leg.kind(), leg.invoice(), leg.json());
                    legs.remove(tx, key(leg));
                    legs.put(tx, key(renamed), renamed);
                });
        return own.size();
    }
}
