package dev.matrix.tax;

import dev.matrix.tax.Csv.Row;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where places are in tax law: zones, areas, and the territories that a postcode gives away (TD3, TD4); shipped tables. */
final class Geography {

    static final Geography INSTANCE = new Geography();

    /** A territory by the beginning of its postcodes; of one length, from first to last. */
    private record Territory(String first, String last, Spot spot) {

        boolean holds(String postcode) {
            if (postcode.length() < first.length()) {
                return false;
            }
            String start = postcode.substring(0, first.length());
            return start.compareTo(first) >= 0 && start.compareTo(last) <= 0;
        }
    }

    /** A place: its jurisdiction, whether it lies outside the EU's VAT though its country doesn't, and how sure that is. */
    record Spot(String jurisdiction, boolean outsideEu, Confidence confidence) {}

    private final Map<String, ZoneId> zones = new HashMap<>();
    private final Map<String, String> areas = new HashMap<>();
    private final Map<String, List<Territory>> territories = new HashMap<>();

    private Geography() {
        for (Row row : Csv.read("places.csv")) {
            if (!row.get("zone").isEmpty()) {
                zones.put(row.get("place"), ZoneId.of(row.get("zone")));
            }
            if (!row.get("area").isEmpty()) {
                areas.put(row.get("place"), row.get("area"));
            }
        }
        for (Row row : Csv.read("territories.csv")) {
            String[] ends = row.get("postcode").split("-", -1);
            territories
                    .computeIfAbsent(row.get("country"), absent -> new ArrayList<>())
                    .add(new Territory(
                            ends[0],
                            ends[ends.length - 1],
                            new Spot(row.get("jurisdiction"), row.get("area").equals("OUTSIDE_EU"), row.confidence())));
        }
    }

    /** The country whose law governs services there: MC counts as FR, IM and XI as GB. */
    String governing(String country) {
        List<Territory> whole = territories.getOrDefault(country, List.of());
        return whole.size() == 1 && whole.get(0).first().isEmpty()
                ? Jurisdictions.country(whole.get(0).spot().jurisdiction())
                : country;
    }

    /** The territory of an address; its country's own jurisdiction elsewhere, without the region. */
    Spot spot(Address address) {
        String postcode = address.postalCode() == null ? "" : digits(address.postalCode());
        for (Territory territory : territories.getOrDefault(address.country(), List.of())) {
            if (territory.holds(postcode)) {
                return territory.spot();
            }
        }
        return new Spot(address.country(), false, Confidence.SOLID);
    }

    /** A postcode's digits; what stands before them, such as {@code FR-}, and blanks are no part of it. */
    private static String digits(String postcode) {
        StringBuilder digits = new StringBuilder();
        postcode.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        return digits.toString();
    }

    /** The area whose supply rules hold in a country; null where none is covered. */
    @Nullable
    String area(String country) {
        return areas.get(country);
    }

    boolean isEu(String country) {
        return "EU".equals(areas.get(country));
    }

    /** The zone in which a tax point is read; the state's before the country's. */
    @Nullable
    ZoneId zone(String jurisdiction) {
        ZoneId zone = zones.get(jurisdiction);
        return zone == null ? zones.get(Jurisdictions.country(jurisdiction)) : zone;
    }
}
