package dev.matrix.tax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who taxes at a place: one that a seller registers with.
 *
 * @param registration where the seller registers
 * @param jurisdiction whose rules hold
 * @param types the taxes that it levies there
 * @param shownAs the jurisdiction that documents name for the last of its types; null: the same
 */
record Authority(
        String registration,
        String jurisdiction,
        Set<TaxType> types,
        @Nullable String shownAs) {

    private static final Pattern NO_NAME = Pattern.compile("[^A-Z0-9]+");

    private static final Set<TaxType> OPTIONAL = EnumSet.of(TaxType.WITHHOLDING, TaxType.LEASE);

    /** The authorities at a place. */
    static List<Authority> at(Sale sale, Place place) {
        RuleSet rules = sale.facts().rules();
        return switch (place.country()) {
            case "CA" -> canadian(place.jurisdiction(), rules);
            case "IN" -> indian(sale, place, rules);
            case "US" -> american(place, rules);
            default -> List.of(of(place.jurisdiction(), rules));
        };
    }

    /** The authority of a whole country. */
    static Authority of(String jurisdiction, RuleSet rules) {
        return new Authority(jurisdiction, jurisdiction, rules.types(jurisdiction), null);
    }

    /** A state, and the city where rules speak of one. */
    private static List<Authority> american(Place place, RuleSet rules) {
        Authority state = of(place.jurisdiction(), rules);
        String city = place.address() == null ? null : place.address().city();
        String own = city == null
                ? ""
                : place.jurisdiction() + "-"
                        + NO_NAME.matcher(city.strip().toUpperCase(Locale.ROOT)).replaceAll("-");
        return rules.types(own).isEmpty() ? List.of(state) : List.of(state, of(own, rules));
    }

    /** HST takes the place of GST; both are registered with Canada, the province's own tax with the province. */
    private static List<Authority> canadian(String province, RuleSet rules) {
        Set<TaxType> own = rules.types(province);
        List<Authority> authorities = new ArrayList<>();
        boolean harmonised = own.contains(TaxType.HST);
        authorities.add(new Authority(
                "CA", harmonised ? province : "CA", EnumSet.of(harmonised ? TaxType.HST : TaxType.GST), null));
        Set<TaxType> provincial = EnumSet.noneOf(TaxType.class);
        provincial.addAll(own);
        provincial.remove(TaxType.HST);
        if (!provincial.isEmpty()) {
            authorities.add(new Authority(province, province, provincial, null));
        }
        return authorities;
    }

    /** Within a state CGST with the state's own, else IGST. */
    private static List<Authority> indian(Sale sale, Place place, RuleSet rules) {
        String seller = IndianStates.INSTANCE.code(sale.seller().establishment().region());
        String buyer = place.region();
        Set<TaxType> types = EnumSet.noneOf(TaxType.class);
        if (sale.isDomestic() && buyer != null && buyer.equals(seller)) {
            types.add(TaxType.CGST);
            types.add(IndianStates.INSTANCE.local(buyer));
        } else {
            types.add(TaxType.IGST);
        }
        if (rules.types("IN").contains(TaxType.WITHHOLDING)) {
            types.add(TaxType.WITHHOLDING);
        }
        return List.of(new Authority("IN", "IN", types, place.jurisdiction()));
    }

    /** Whether a missing rule means that there is no such tax, rather than an unknown. */
    static boolean isOptional(TaxType type) {
        return OPTIONAL.contains(type);
    }

    /** With those of its taxes alone that a test lets pass. */
    Authority levying(Predicate<TaxType> passes) {
        Set<TaxType> left = EnumSet.noneOf(TaxType.class);
        types.stream().filter(passes).forEach(left::add);
        return new Authority(registration, jurisdiction, left, shownAs);
    }

    /** Whether it levies nothing but taxes that may be missing. */
    boolean hasNoTax() {
        return OPTIONAL.containsAll(types);
    }

    String shown(TaxType type) {
        boolean local = type == TaxType.SGST || type == TaxType.UTGST;
        return local && shownAs != null ? shownAs : jurisdiction;
    }

    /** The tax that stands for all of it where none is charged. */
    TaxType main(TaxType otherwise) {
        for (TaxType type : types) {
            if (!isOptional(type)) {
                return type;
            }
        }
        return types.stream().findFirst().orElse(otherwise);
    }
}
