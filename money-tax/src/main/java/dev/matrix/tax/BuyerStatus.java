package dev.matrix.tax;

import dev.matrix.tax.TaxIdProof.Standing;
import dev.matrix.tax.TaxIdProof.State;
import java.util.Set;

/** Decides whether a business is believed (TD6); no proof means consumer. */
final class BuyerStatus {

    private BuyerStatus() {}

    /**
     * The kind that a buyer is treated as.
     *
     * @param proof a tax id's prefix, {@code VIES}, {@code DECLARED}, or empty
     */
    static BuyerKind of(Buyer buyer, Place place, String proof, Facts facts, UncheckedIds unchecked, Notes notes) {
        if (buyer.kind() == BuyerKind.CONSUMER) {
            notes.trace("buyer", "consumer");
            return BuyerKind.CONSUMER;
        }
        if (proof.equals("DECLARED")) {
            notes.trace("buyer", "business, as declared");
            return BuyerKind.BUSINESS;
        }
        boolean vies = proof.equals("VIES");
        Set<String> prefixes = vies ? Set.of(place.country().equals("GR") ? "EL" : place.country()) : prefixes(proof);
        for (TaxId id : buyer.taxIds()) {
            if (prefixes.contains(id.prefix())) {
                return byId(id, vies, facts, unchecked, notes);
            }
        }
        notes.trace("buyer", "consumer: a business without a tax id of " + place.country());
        return BuyerKind.CONSUMER;
    }

    private static Set<String> prefixes(String proof) {
        return switch (proof) {
            case "GB" -> Set.of("GB", "XI", "IM");
            case "CH" -> Set.of("CH", "LI");
            default -> Set.of(proof);
        };
    }

    private static BuyerKind byId(TaxId id, boolean vies, Facts facts, UncheckedIds unchecked, Notes notes) {
        Standing standing = facts.ids().of(id);
        State state = standing.state();
        if (state == State.VALID || (state == State.UNVERIFIED && !vies)) {
            notes.trace("buyer", "business by tax id " + id + ", " + state);
            return BuyerKind.BUSINESS;
        }
        if (state == State.INVALID) {
            notes.trace("buyer", "consumer: tax id " + id + " is invalid");
            return BuyerKind.CONSUMER;
        }
        notes.warn(Warning.TAX_ID_PENDING);
        if (unchecked.trusts(standing.lastValidAt(), facts.now())) {
            notes.trace("buyer", "business: tax id " + id + " is trusted unchecked");
            return BuyerKind.BUSINESS;
        }
        notes.trace("buyer", "consumer: tax id " + id + " is not confirmed so far");
        return BuyerKind.CONSUMER;
    }
}
