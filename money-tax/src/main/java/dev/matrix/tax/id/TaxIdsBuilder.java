package dev.matrix.tax.id;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Matrix;
import dev.matrix.core.spi.BuildFaults;
import dev.matrix.core.spi.HttpTransport;
import dev.matrix.core.spi.LeaseStore;
import dev.matrix.core.spi.Transactions;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIds;
import dev.matrix.tax.spi.TaxIdAnswer;
import dev.matrix.tax.spi.TaxIdStore;
import dev.matrix.tax.spi.TaxIdVerifier;
import dev.matrix.tax.spi.TaxTransactionStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Wires tax ids into a Matrix. Not thread-safe. */
public final class TaxIdsBuilder {

    private static final int MOST_RELYING = 100;

    private final Matrix matrix;
    private final List<TaxIdVerifier> wired = new ArrayList<>();
    private @Nullable TaxId requester;
    private @Nullable BiFunction<Tx, TaxId, List<String>> relyingTransactions;

    private TaxIdsBuilder(Matrix matrix) {
        this.matrix = requireNonNull(matrix, "matrix");
    }

    /** Without a verifier: form and check digits alone. */
    public static TaxIdsBuilder on(Matrix matrix) {
        return new TaxIdsBuilder(matrix);
    }

    /** Asks a register, such as {@code ViesVerifier.create()}; none by default. No two answer for one prefix. */
    public TaxIdsBuilder verifier(TaxIdVerifier verifier) {
        wired.add(requireNonNull(verifier, "verifier"));
        return this;
    }

    /** The seller's own id, told to registers, which then give a consultation number; none by default. */
    public TaxIdsBuilder requester(TaxId own) {
        this.requester = requireNonNull(own, "own");
        return this;
    }

    /** Finds the transactions that relied on an id, for the events; by default the newest 100 that {@code Taxes} committed. */
    public TaxIdsBuilder relyingTransactions(BiFunction<Tx, TaxId, List<String>> finder) {
        this.relyingTransactions = requireNonNull(finder, "finder");
        return this;
    }

    /**
     * Adds tax ids to the Matrix.
     *
     * @throws IllegalStateException when verifiers are wired and the Matrix has no transport, or was started
     * @throws dev.matrix.core.InvalidRequestException when two verifiers answer for one prefix
     */
    public TaxIds build() {
        Map<String, TaxIdVerifier> verifiers = verifiers();
        Transactions transactions = matrix.transactions();
        TaxIdStore store = matrix.stores().get(TaxIdStore.class);
        InstantSource clock = matrix.storeClock();
        Ledger ledger = new Ledger(transactions, store, matrix.events(), new RecentRows(clock), requester, relying());
        Verifiers registers = new Verifiers(registers(verifiers), clock);
        if (!verifiers.isEmpty()) {
            LeaseStore leases = matrix.stores().get(LeaseStore.class);
            matrix.add(new RecheckStep(transactions, leases, store, registers, ledger, clock, matrix.node()));
        }
        return new StoredTaxIds(transactions, store, ledger, registers, clock, () -> matrix.wake(RecheckStep.NAME));
    }

    private Map<String, TaxIdVerifier> verifiers() {
        BuildFaults faults = new BuildFaults("TaxIds");
        Map<String, TaxIdVerifier> verifiers = new TreeMap<>();
        for (TaxIdVerifier verifier : wired) {
            for (String prefix : verifier.prefixes()) {
                faults.value(
                        verifiers.putIfAbsent(prefix, verifier) == null,
                        "Two verifiers answer for the prefix " + prefix + "; leave it to one of them.");
            }
        }
        if (!verifiers.isEmpty()) {
            faults.check(matrix::transport);
        }
        faults.raise();
        return verifiers;
    }

    private BiFunction<Tx, TaxId, List<String>> relying() {
        if (relyingTransactions != null) {
            return relyingTransactions;
        }
        TaxTransactionStore sales = matrix.stores().get(TaxTransactionStore.class);
        return (tx, id) -> sales.relyingOn(tx, id, MOST_RELYING);
    }

    private Map<String, Function<TaxId, TaxIdAnswer>> registers(Map<String, TaxIdVerifier> verifiers) {
        TaxId asking = requester;
        Map<String, Function<TaxId, TaxIdAnswer>> registers = new TreeMap<>();
        if (!verifiers.isEmpty()) {
            HttpTransport transport = matrix.transport();
            verifiers.forEach(
                    (prefix, verifier) -> registers.put(prefix, id -> verifier.verify(id, asking, transport)));
        }
        return registers;
    }
}
