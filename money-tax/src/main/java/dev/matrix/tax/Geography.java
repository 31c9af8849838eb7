package dev.matrix.tax;

import dev.matrix.tax.Csv.Row;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where places are in tax law: zones, areas, states, and the territories that a postcode or a region names; the shipped tables, and
 * the countries that a host adds. Immutable.
 */
final class Geography {

    private static final Geography SHIPPED = new Geography();

    private static final Set<String> BY_STATE = Set.of("US", "CA");

    private final Map<String, ZoneId> zones = new HashMap<>();
    private final Map<String, String> areas = new HashMap<>();
    private final Map<String, List<Territory>> territories = new HashMap<>();
    private final Map<String, String> regions = new HashMap<>();

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
            add(Territory.of(row));
        }
        for (Row row : Csv.read("regions.csv")) {
            regions.put(row.get("country") + "-" + row.get("name"), row.get("region"));
        }
    }

    private Geography(Geography shipped, List<TaxCountry> added) {
        zones.putAll(shipped.zones);
        areas.putAll(shipped.areas);
        territories.putAll(shipped.territories);
        regions.putAll(shipped.regions);
        for (TaxCountry country : added) {
            zones.put(country.code(), country.zone());
            areas.put(country.code(), country.code());
            country.territories().forEach(each -> add(each.territory()));
        }
    }

    private void add(Territory territory) {
        territories
                .computeIfAbsent(territory.country(), absent -> new ArrayList<>())
                .add(territory);
    }

    static Geography shipped() {
        return SHIPPED;
    }

    /** The shipped tables and these countries. */
    Geography with(List<TaxCountry> added) {
        return added.isEmpty() ? this : new Geography(this, added);
    }

    private List<Territory> territories(String country) {
        return territories.getOrDefault(country, List.of());
    }

    /** The country whose law governs services there: MC counts as FR, IM and XI as GB. */
    String governing(String country) {
        return territories(country).stream()
                .filter(Territory::isWhole)
                .findFirst()
                .map(whole -> Jurisdictions.country(whole.spot().jurisdiction()))
                .orElse(country);
    }

    /** The territory of an address, by its postcode, else its region; its country's own jurisdiction elsewhere. */
    Spot spot(Address address) {
        List<Territory> all = territories(address.country());
        Territory byPostcode = first(all, each -> each.holds(address.postalCode()));
        Territory byRegion = first(all, each -> each.isNamed(address.region()));
        boolean hasPostcode =
                address.postalCode() != null && !address.postalCode().isBlank();
        Territory found = byPostcode != null || hasPostcode ? byPostcode : byRegion;
        Spot spot = found == null ? Spot.of(address.country()) : found.spot();
        return contradicts(all, address, found, byRegion) ? spot.contradicted() : spot;
    }

    private static boolean contradicts(
            List<Territory> all, Address address, @Nullable Territory found, @Nullable Territory byRegion) {
        if (address.region() == null) {
            return false;
        }
        if (byRegion != null) {
            return found == null || !found.spot().equals(byRegion.spot());
        }
        String jurisdiction = found == null ? "" : found.spot().jurisdiction();
        return all.stream()
                .anyMatch(each -> each.hasName() && each.spot().jurisdiction().equals(jurisdiction));
    }

    private static @Nullable Territory first(List<Territory> all, Predicate<Territory> test) {
        return all.stream().filter(test).findFirst().orElse(null);
    }

    /** The state or province that an address's region names, by its code or a former one; null: there is none such. */
    @Nullable
    String state(String country, String region) {
        String known = regions.getOrDefault(country + "-" + region, region);
        return zones.containsKey(country + "-" + known) ? known : null;
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

    /** Why no sale can ever be taxed by a jurisdiction's rules; null where one can. */
    @Nullable
    String unreachable(String jurisdiction) {
        String country = Jurisdictions.country(jurisdiction);
        String governing = governing(country);
        if (!governing.equals(country)) {
            return country + " counts as " + governing + " for tax; name the jurisdiction there";
        }
        if (area(country) == null) {
            return "no supply rule covers " + country + "; a country is added whole, where taxes are wired";
        }
        if (BY_STATE.contains(country)) {
            String[] parts = jurisdiction.split("-", 3);
            boolean state = parts.length > 1 && zones.containsKey(country + "-" + parts[1]);
            boolean canada = jurisdiction.equals("CA");
            boolean city = country.equals("US") || parts.length < 3;
            return canada || (state && city) ? null : "sales there are taxed by states or provinces; name one";
        }
        Stream<String> known =
                territories(country).stream().map(each -> each.spot().jurisdiction());
        return jurisdiction.equals(country) || known.anyMatch(jurisdiction::equals)
                ? null
                : "no sale is ever placed there; " + country + " has no territory of that name";
    }

    /** The countries that supply rules cover. */
    Set<String> countries() {
        return areas.keySet();
    }
}
