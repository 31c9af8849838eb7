package dev.matrix.refunds.memory;

import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.AccountCreditStore;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@link AccountCreditStore} in memory. */
final class MemoryAccountCreditStore implements AccountCreditStore {

    private final MemoryTable<String, EntryRow> entries = new MemoryTable<>();
    private final MemoryTable<Owner, Map<String, BigDecimal>> balances = new MemoryTable<>();

    private static String key(Owner owner, EntryKind kind, String key) {
        return kind + " " + key + " " + owner;
    }

    @Override
    public boolean insert(Tx tx, EntryRow entry) {
        return entries.putIfAbsent(tx, key(entry.owner(), entry.kind(), entry.key()), entry);
    }

    @Override
    public Optional<EntryRow> find(Tx tx, Owner owner, EntryKind kind, String key) {
        return Optional.ofNullable(entries.get(tx, key(owner, kind, key)));
    }

    @Override
    public boolean move(Tx tx, Owner owner, String currency, BigDecimal amount) {
        Map<String, BigDecimal> all = new TreeMap<>(balances(tx, owner));
        BigDecimal balance = all.getOrDefault(currency, BigDecimal.ZERO).add(amount);
        if (balance.signum() < 0) {
            return false;
        }
        all.put(currency, balance);
        balances.put(tx, owner, Collections.unmodifiableMap(all));
        return true;
    }

    @Override
    public Map<String, BigDecimal> balances(Tx tx, Owner owner) {
        Map<String, BigDecimal> all = balances.get(tx, owner);
        return all == null ? Map.of() : all;
    }
}
