package dev.matrix.tax;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Tx;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tax a sale carries, and why; its commit, its reversals, its totals for a filing. Rates and rules are data with dates and
 * sources. This is not tax advice, and no authority: check what you rely on. Thread-safe.
 */
public interface Taxes {

    /** Starts to add taxes to a Matrix. */
    static TaxesBuilder on(Matrix matrix) {
        return new TaxesBuilder(matrix);
    }

    /**
     * The tax of a document. Nothing is stored, and nobody is asked but a {@code LocalRateProvider}; what it looks up may be 15
     * s old. Call it outside transactions.
     *
     * @throws dev.matrix.core.InvalidRequestException if the seller is unknown, or an invoice has a negative total
     */
    TaxOutcome calculate(TaxRequest request);

    /** For how long {@link #save} keeps a calculation: 24 h. */
    Duration KEPT = Duration.ofHours(24);

    /** Keeps a calculation for {@link #KEPT}; returns its id, {@code txc_…}. */
    String save(TaxCalculation calculation);

    /** As {@link #save(TaxCalculation)}, in the caller's transaction. */
    String save(Tx tx, TaxCalculation calculation);

    /** A calculation kept by {@link #save}; empty once it has expired. */
    Optional<TaxCalculation> saved(String id);

    /**
     * Stores a calculation for ever, counts its turnover, and publishes {@code tax.transaction_committed}; and {@code
     * tax.threshold_crossed} where it reaches one. The same content under the same reference gives the first result.
     *
     * @throws dev.matrix.core.ConflictException if the reference has other content
     * @throws StaleRateException if its tax currency's rate is stale and that isn't allowed
     */
    TaxTransaction commit(TaxCalculation calculation, String reference);

    /** As {@link #commit(TaxCalculation, String)}, in the caller's transaction. */
    TaxTransaction commit(Tx tx, TaxCalculation calculation, String reference);

    /**
     * Takes back of a transaction, on its record and never by today's rates; publishes {@code tax.transaction_reversed}.
     * The same again gives the first result.
     *
     * @return the transaction with all its reversals
     * @throws dev.matrix.core.NotFoundException if there is no such transaction
     * @throws dev.matrix.core.ConflictException if it is more than is left, or the reference has other content
     */
    TaxTransaction reverse(String transactionId, Reversal reversal);

    /** As {@link #reverse(String, Reversal)}, in the caller's transaction. */
    TaxTransaction reverse(Tx tx, String transactionId, Reversal reversal);

    /** A transaction with its reversals. */
    Optional<TaxTransaction> find(String id);

    /** As {@link #find(String)}, in the caller's transaction. */
    Optional<TaxTransaction> find(Tx tx, String id);

    /** The transaction of a seller's reference. */
    Optional<TaxTransaction> findByReference(String sellerId, String reference);

    /**
     * A seller's transactions, oldest first.
     *
     * @param owner whose; null: all buyers'
     */
    Page<TaxTransaction> page(String sellerId, @Nullable Owner owner, PageRequest page);

    /** The sums that a filing asks for, by tax dates from and to, both inclusive. */
    List<TaxSummaryRow> summary(String sellerId, LocalDate from, LocalDate to);

    /**
     * Erases a buyer, in the caller's transaction, as part of the host's answer to a person's request. What the law has sellers keep stays
     * without the person: transactions lose owner and city, a consumer's tax ids too, and keep amounts, the place of taxation with
     * the kinds of evidence for it, and the tax ids that a treatment rests on, for ten years or longer (Reg. 282/2011 art. 63c; Directive
     * 2006/112 art. 242 and 244). So do certificates that have freed sales. Those that were never in force, and watches of tax ids, are deleted. A pseudonym that
     * nothing links to the owner stands in its place. Repeating it changes nothing. Kept calculations expire by themselves within {@link #KEPT}.
     *
     * @return how many transactions, certificates and watches were changed
     */
    int erase(Tx tx, Owner owner);

    /** A seller as it was wired. */
    Optional<SellerProfile> seller(String id);

    TaxIds ids();

    TaxExemptions exemptions();

    TaxRegistrations registrations();

    TaxRates rates();

    /** The HTTP operations of taxes, tax ids and exemptions, for an {@code ApiDispatcher}. */
    ApiModule api();
}
