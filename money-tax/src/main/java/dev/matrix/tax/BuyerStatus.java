package dev.matrix.tax;

import dev.matrix.tax.TaxIdProof.Standing;
import dev.matrix.tax.TaxIdProof.State;
import dev.matrix.tax.format.Formats;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Decides whether a business is believed: by the best proof among its tax ids, in whichever order; no proof means consumer. */
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
        Optional<Shown> best = buyer.taxIds().stream()
                .filter(id -> prefixes.contains(id.prefix()))
                .map(id -> shown(id, vies, facts, unchecked))
                .min(Comparator.comparing(Shown::proof));
        if (best.isPresent()) {
            return by(best.get(), notes);
        }
        notes.trace("buyer", "consumer: a business without a tax id of " + place.country());
        return BuyerKind.CONSUMER;
    }

    /** What an id is worth, the best first. */
    private enum Proof {
        PROVEN,
        TRUSTED,
        PENDING,
        INVALID
    }

    private record Shown(TaxId id, State state, Proof proof) {}

    private static Shown shown(TaxId id, boolean vies, Facts facts, UncheckedIds unchecked) {
        Standing standing = facts.ids().of(id);
        State state = standing.state();
        boolean provable = !vies && Formats.provesRegistration(id.prefix(), id.number());
        if (state == State.VALID || (state == State.UNVERIFIED && provable)) {
            return new Shown(id, state, Proof.PROVEN);
        }
        if (state == State.INVALID) {
            return new Shown(id, state, Proof.INVALID);
        }
        boolean trusted = unchecked.trusts(standing.lastValidAt(), facts.now());
        return new Shown(id, state, trusted ? Proof.TRUSTED : Proof.PENDING);
    }

    private static Set<String> prefixes(String proof) {
        return switch (proof) {
            case "GB" -> Set.of("GB", "XI", "IM");
            case "CH" -> Set.of("CH", "LI");
            default -> Set.of(proof);
        };
    }

    private static BuyerKind by(Shown best, Notes notes) {
        String id = "tax id " + best.id();
        switch (best.proof()) {
            case PROVEN -> notes.trace("buyer", "business by " + id + ", " + best.state());
            case TRUSTED -> notes.trace("buyer", "business: " + id + " is trusted unchecked");
            case PENDING -> notes.trace("buyer", "consumer: " + id + " is not confirmed so far");
            case INVALID -> notes.trace("buyer", "consumer: " + id + " is invalid");
        }
        if (best.proof() == Proof.TRUSTED || best.proof() == Proof.PENDING) {
            notes.warn(Warning.TAX_ID_PENDING);
        }
        return best.proof() == Proof.PROVEN || best.proof() == Proof.TRUSTED ? BuyerKind.BUSINESS : BuyerKind.CONSUMER;
    }
}
