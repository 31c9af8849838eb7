package dev.matrix.tax;

import dev.matrix.tax.Undetermined.Cause;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds where a buyer is. */
final class Locator {

    private final Buyer buyer;
    private final SellerProfile seller;
    private final boolean strict;
    private final Geography geography;
    private final Notes notes;

    Locator(Buyer buyer, SellerProfile seller, Settings settings, Notes notes) {
        this.buyer = buyer;
        this.seller = seller;
        this.strict = settings.strictEvidence();
        this.geography = settings.geography();
        this.notes = notes;
    }

    /** The place; null at a dead end, which is noted. */
    @Nullable
    Place find() {
        String country = country();
        if (country == null) {
            return null;
        }
        Address known = buyer.address();
        boolean usable = known != null && geography.governing(known.country()).equals(country);
        Address address = usable ? known : null;
        return switch (country) {
            case "US", "CA" -> byState(country, state(country, address), address);
            case "IN" -> byState(country, indianState(address), address);
            default -> byPostcode(country, address);
        };
    }

    private Place byPostcode(String country, @Nullable Address address) {
        Spot spot = address == null ? Spot.of(country) : geography.spot(address);
        if (!Jurisdictions.country(spot.jurisdiction()).equals(country)) {
            spot = Spot.of(country);
        }
        notes.warnUnlessSolid(spot.confidence());
        if (spot.contradictory()) {
            notes.warn(Warning.REGION_CONTRADICTS_POSTCODE);
        }
        String written = address == null ? country : address.country();
        notes.trace(
                "location",
                spot.jurisdiction()
                        + (spot.outsideEu() ? ", outside the EU's VAT" : "")
                        + (written.equals(country) ? "" : ", as " + written + " counts there"));
        return new Place(country, spot, address);
    }

    private @Nullable Place byState(String country, @Nullable String state, @Nullable Address address) {
        if (state != null) {
            notes.trace("location", country + "-" + state);
            return new Place(country, Spot.of(country + "-" + state), address);
        }
        String region = address == null ? null : address.region();
        if (region == null) {
            notes.end(Cause.REGION_REQUIRED, null, "the tax of " + country + " depends on the state; give the region");
        } else {
            notes.end(
                    Cause.REGION_UNKNOWN,
                    null,
                    country + " has no state or province " + region + " that is known here");
        }
        return null;
    }

    private @Nullable String state(String country, @Nullable Address address) {
        return address == null || address.region() == null ? null : geography.state(country, address.region());
    }

    /** By the first two digits of the GSTIN, else the address; a region that isn't known is no state. */
    private @Nullable String indianState(@Nullable Address address) {
        for (TaxId id : buyer.taxIds()) {
            if (id.prefix().equals("IN") && id.number().length() > 2) {
                return IndianStates.INSTANCE.code(id.number().substring(0, 2));
            }
        }
        return address == null ? null : IndianStates.INSTANCE.code(address.region());
    }

    /** The governing country: the address's, or what evidence says of a consumer in the EU. */
    private @Nullable String country() {
        Address address = buyer.address();
        String own = address == null ? null : geography.governing(address.country());
        Map<String, Set<EvidenceKind>> votes = votes(own);
        boolean european =
                buyer.kind() == BuyerKind.CONSUMER && votes.keySet().stream().anyMatch(geography::isEu);
        if (!european && own != null) {
            return own;
        }
        if (votes.isEmpty()) {
            notes.end(Cause.LOCATION_MISSING, null, "the buyer has neither an address nor evidence of a country");
            return null;
        }
        if (!european) {
            return votes.size() == 1 ? votes.keySet().iterator().next() : winner(votes);
        }
        if (votes.size() == 1 && votes.values().iterator().next().size() == 1) {
            return single(votes.keySet().iterator().next());
        }
        return winner(votes);
    }

    private Map<String, Set<EvidenceKind>> votes(@Nullable String own) {
        Map<String, Set<EvidenceKind>> votes = new TreeMap<>();
        boolean billing = false;
        for (LocationEvidence piece : buyer.evidence()) {
            billing |= piece.kind() == EvidenceKind.BILLING_ADDRESS;
            vote(votes, geography.governing(piece.country()), piece.kind());
        }
        if (!billing && own != null) {
            vote(votes, own, EvidenceKind.BILLING_ADDRESS);
        }
        return votes;
    }

    private static void vote(Map<String, Set<EvidenceKind>> votes, String country, EvidenceKind kind) {
        votes.computeIfAbsent(country, absent -> EnumSet.noneOf(EvidenceKind.class))
                .add(kind);
    }

    private @Nullable String single(String country) {
        List<LocationEvidence> pieces = buyer.evidence();
        boolean thirdParty = pieces.stream().anyMatch(LocationEvidence::thirdParty);
        if (strict) {
            notes.end(
                    Cause.LOCATION_MISSING,
                    null,
                    "one kind of evidence for " + country + "; strict evidence wants two");
            return null;
        }
        if (!(thirdParty && seller.declaresBelow100k())) {
            notes.warn(Warning.EVIDENCE_INSUFFICIENT);
        }
        notes.trace("location", "one kind of evidence for " + country);
        return country;
    }

    private @Nullable String winner(Map<String, Set<EvidenceKind>> votes) {
        String best = null;
        boolean alone = false;
        for (Map.Entry<String, Set<EvidenceKind>> vote : votes.entrySet()) {
            int kinds = vote.getValue().size();
            int most = best == null ? 0 : votes.getOrDefault(best, Set.of()).size();
            if (kinds > most) {
                best = vote.getKey();
                alone = true;
            } else if (kinds == most) {
                alone = false;
            }
        }
        if (best == null || !alone || votes.getOrDefault(best, Set.of()).size() < 2) {
            notes.end(Cause.EVIDENCE_CONFLICT, null, "evidence of the buyer's country disagrees: " + votes);
            return null;
        }
        notes.trace("location", "evidence for " + best + ": " + votes.get(best));
        return best;
    }
}
