package dev.matrix.refunds.memory;

import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import dev.matrix.refunds.spi.CryptoTransactionStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@link CryptoTransactionStore} in memory. */
final class MemoryCryptoTransactionStore implements CryptoTransactionStore {

    private final MemoryTable<String, CryptoTransaction> transactions = new MemoryTable<>();
    private final MemoryTable<String, Long> nonces = new MemoryTable<>();
    private final MemoryTable<String, String> inputs = new MemoryTable<>();

    private static String key(String chain, String rest) {
        return chain + " " + rest;
    }

    private static String key(CryptoTransaction transaction) {
        return key(transaction.chain(), transaction.legId() + " " + transaction.no());
    }

    @Override
    public long nextNonce(Tx tx, String chain, String address, long atLeast) {
        Long stored = nonces.get(tx, key(chain, address));
        return stored == null ? atLeast : Math.max(stored, atLeast);
    }

    @Override
    public void takeNonce(Tx tx, String chain, String address, long nonce) {
        nonces.put(tx, key(chain, address), nonce + 1);
    }

    @Override
    public List<CryptoTransaction> ofLeg(Tx tx, String chain, String legId) {
        return transactions.rows(tx).values().stream()
                .filter(row -> row.chain().equals(chain) && row.legId().equals(legId))
                .sorted(Comparator.comparing(CryptoTransaction::no))
                .toList();
    }

    @Override
    public boolean insert(Tx tx, CryptoTransaction transaction) {
        String key = key(transaction);
        if (transactions.get(tx, key) != null) {
            return false;
        }
        transactions.put(tx, key, transaction);
        return true;
    }

    @Override
    public boolean update(Tx tx, CryptoTransaction transaction) {
        String key = key(transaction);
        CryptoTransaction stored = transactions.get(tx, key);
        if (stored == null || (stored.raw() != null && !Objects.equals(stored.raw(), transaction.raw()))) {
            return false;
        }
        transactions.put(tx, key, transaction);
        return true;
    }

    @Override
    public boolean takeInput(Tx tx, String chain, String outpoint, String legId) {
        String key = key(chain, outpoint);
        String holder = inputs.get(tx, key);
        if (holder != null && !holder.equals(legId)) {
            return false;
        }
        inputs.put(tx, key, legId);
        return true;
    }

    @Override
    public void releaseInputs(Tx tx, String chain, String legId) {
        List<String> own = inputs.rows(tx).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(key(chain, ""))
                        && entry.getValue().equals(legId))
                .map(Map.Entry::getKey)
                .toList();
        own.forEach(input -> inputs.remove(tx, input));
    }

    @Override
    public Optional<String> legOf(Tx tx, String chain, String hash) {
        return transactions.rows(tx).values().stream()
                .filter(row -> row.chain().equals(chain) && hash.equals(row.hash()))
                .map(CryptoTransaction::legId)
                .findFirst();
    }
}
