package dev.matrix.sla.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What subscriptions were charged, and the legs of refunds of it. */
public interface ChargeStore {

    /** A charge; {@code invoice}: what refunds name, the charge's own id where it came from no invoice. */
    record ChargeRow(
            String id, String invoice, String subscription, Owner owner, Instant from, Instant to, String json) {}

    /** A leg of a refund of an owner's invoice; {@code kind}: {@code refunded} or {@code reversed}. */
    record LegRow(Owner owner, String id, String kind, String invoice, String json) {}

    /** Adds a charge unless its id is taken; then returns false. */
    boolean insert(Tx tx, ChargeRow row);

    Optional<ChargeRow> find(Tx tx, String id);

    /** A subscription's charges that overlap a span, in the order of ids. */
    List<ChargeRow> charged(Tx tx, String subscription, Instant from, Instant to);

    /** An invoice's charges, in the order of ids. */
    List<ChargeRow> ofInvoice(Tx tx, String invoice);

    /** Keeps a leg unless the owner has one of this id and kind; then returns false. */
    boolean keep(Tx tx, LegRow leg);

    /** The legs of these invoices, whoever owns them, by id and kind. */
    List<LegRow> legs(Tx tx, Collection<String> invoices);

    /** Replaces an owner in all rows. */
    int rename(Tx tx, Owner owner, Owner pseudonym);
}
