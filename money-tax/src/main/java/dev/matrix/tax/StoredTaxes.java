package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.spi.Tx;
import dev.matrix.tax.TaxLedger.Recorded;
import dev.matrix.tax.spi.TaxIdStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Taxes} over the stores. */
final class StoredTaxes implements Taxes {

    private final Matrix matrix;
    private final Settings settings;
    private final TaxStores stores;
    private final TaxJson json;
    private final KnownFacts facts;
    private final RuleBook book;
    private final TaxLedger ledger;
    private final TaxIds ids;
    private final TaxIdProof proof;
    private final StoredExemptions exemptions;
    private final StoredRegistrations registrations;
    private final StoredRates rates;

    StoredTaxes(
            Matrix matrix,
            Settings settings,
            TaxStores stores,
            TaxJson json,
            KnownFacts facts,
            RuleBook book,
            TaxLedger ledger,
            TaxIds ids,
            TaxIdProof proof) {
        this.matrix = matrix;
        this.settings = settings;
        this.stores = stores;
        this.json = json;
        this.facts = facts;
        this.book = book;
        this.ledger = ledger;
        this.ids = ids;
        this.proof = proof;
        this.exemptions = new StoredExemptions(
                matrix.transactions(), matrix.events(), matrix.ids(), stores.exemptions(), json, facts);
        this.registrations = new StoredRegistrations(matrix.transactions(), stores.registrations(), facts, settings);
        this.rates = new StoredRates(
                matrix.transactions(),
                matrix.events(),
                matrix.ids(),
                matrix.storeClock(),
                stores.rules(),
                json,
                book,
                settings.geography());
    }

    @Override
    public TaxOutcome calculate(TaxRequest request) {
        SellerProfile seller = seller(request.sellerId()).orElseThrow(() -> SellerProfile.unknown(request.sellerId()));
        Facts known = new Facts(
                book.current(),
                facts.registrations(seller.id()),
                facts.exemptions(request.buyer().owner()),
                () -> facts.turnover(seller.id()),
                proof,
                matrix.storeClock().instant());
        return new Determination(request, seller, settings, known).run();
    }

    @Override
    public String save(Tx tx, TaxCalculation calculation) {
        String id = matrix.ids().next("txc");
        stores.calculations()
                .insert(
                        tx,
                        id,
                        json.write(calculation),
                        matrix.storeClock().instant().plus(KEPT));
        return id;
    }

    @Override
    public String save(TaxCalculation calculation) {
        return matrix.transactions().returning(tx -> save(tx, calculation));
    }

    @Override
    public Optional<TaxCalculation> saved(String id) {
        return matrix.transactions()
                .returning(tx ->
                        stores.calculations().find(tx, id, matrix.storeClock().instant()))
                .map(text -> json.read(text, TaxCalculation.class));
    }

    @Override
    public TaxTransaction commit(Tx tx, TaxCalculation calculation, String reference) {
        return ledger.commit(tx, calculation, reference).transaction();
    }

    @Override
    public TaxTransaction commit(TaxCalculation calculation, String reference) {
        return matrix.transactions().returning(tx -> commit(tx, calculation, reference));
    }

    /** As {@link #commit(TaxCalculation, String)}, for callers who must know whether an earlier call had done the same. */
    Recorded record(TaxCalculation calculation, String reference) {
        return matrix.transactions().returning(tx -> ledger.commit(tx, calculation, reference));
    }

    /** What an earlier commit of this request under this reference has made; empty where the reference is free. */
    Optional<Recorded> committed(TaxRequest request, String reference) {
        return matrix.transactions().returning(tx -> ledger.committed(tx, request, reference));
    }

    /** As {@link #reverse(Tx, String, Reversal)}, for callers who must know whether an earlier call had done the same. */
    Recorded record(Tx tx, String transactionId, Reversal reversal) {
        return ledger.reverse(tx, transactionId, reversal);
    }

    @Override
    public TaxTransaction reverse(Tx tx, String transactionId, Reversal reversal) {
        return ledger.reverse(tx, transactionId, reversal).transaction();
    }

    @Override
    public TaxTransaction reverse(String transactionId, Reversal reversal) {
        return matrix.transactions().returning(tx -> reverse(tx, transactionId, reversal));
    }

    @Override
    public Optional<TaxTransaction> find(Tx tx, String id) {
        return ledger.find(tx, id);
    }

    @Override
    public Optional<TaxTransaction> find(String id) {
        return matrix.transactions().returning(tx -> find(tx, id));
    }

    @Override
    public Optional<TaxTransaction> findByReference(String sellerId, String reference) {
        return matrix.transactions().returning(tx -> ledger.findByReference(tx, sellerId, reference));
    }

    @Override
    public Page<TaxTransaction> page(String sellerId, @Nullable Owner owner, PageRequest page) {
        return matrix.transactions().returning(tx -> ledger.page(tx, sellerId, owner, page));
    }

    @Override
    public List<TaxSummaryRow> summary(String sellerId, LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new InvalidRequestException("A summary from " + from + " can't end on " + to + ".");
        }
        return matrix.transactions().returning(tx -> ledger.summary(tx, sellerId, from, to));
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        return new Erasure(
                        stores,
                        matrix.stores().get(TaxIdStore.class),
                        json,
                        facts,
                        matrix.ids(),
                        settings.sellers().keySet())
                .erase(tx, owner);
    }

    @Override
    public Optional<SellerProfile> seller(String id) {
        return Optional.ofNullable(settings.sellers().get(id));
    }

    @Override
    public TaxIds ids() {
        return ids;
    }

    @Override
    public TaxExemptions exemptions() {
        return exemptions;
    }

    @Override
    public TaxRegistrations registrations() {
        return registrations;
    }

    @Override
    public TaxRates rates() {
        return rates;
    }

    @Override
    public ApiModule api() {
        return new TaxApi(ApiArea.of("tax", matrix.transactions()), this);
    }
}
