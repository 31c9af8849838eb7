package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who buys.
 *
 * @param owner whose exemptions count and whom events address; null: none
 * @param kind what the buyer says to be
 * @param address the billing address; null: unknown, and then evidence must tell the country
 * @param taxIds of the buyer; empty: none
 * @param evidence of where a consumer is; empty: none
 */
public record Buyer(
        @Nullable Owner owner,
        BuyerKind kind,
        @Nullable Address address,
        List<TaxId> taxIds,
        List<LocationEvidence> evidence) {

    public Buyer {
        requireNonNull(kind, "kind");
        taxIds = List.copyOf(taxIds);
        evidence = List.copyOf(evidence);
    }

    /** A consumer at an address. */
    public static Buyer consumer(Address address) {
        return new Buyer(null, BuyerKind.CONSUMER, address, List.of(), List.of());
    }

    /** A business at an address with its tax ids. */
    public static Buyer business(Address address, TaxId... taxIds) {
        return new Buyer(null, BuyerKind.BUSINESS, address, List.of(taxIds), List.of());
    }

    /** This buyer as an owner. */
    public Buyer as(Owner known) {
        return new Buyer(known, kind, address, taxIds, evidence);
    }

    /** This buyer with evidence of its country. */
    public Buyer seen(LocationEvidence... pieces) {
        return new Buyer(owner, kind, address, taxIds, List.of(pieces));
    }
}
