package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is sold, as rules name it: {@code digital.saas} falls back to {@code digital}, then to {@code standard} (not in US
 * states). Categories that say a rate, {@code zero} and {@code reduced.N} with {@code _} for the point, never fall back: where there
 * is no such rate the tax is undetermined. The shipped rules know these, {@code digital}, {@code standard}, {@code goods}
 * and {@code services}; a host adds its own by rules, or by {@link TaxesBuilder#category}. Any other is undetermined.
 *
 * @param name {@code [a-z0-9_-]} words joined by dots, at most 64 characters
 */
public record ProductCategory(String name) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final int LONGEST = 64;

    /** Software and other services over a network. */
    public static final ProductCategory SAAS = new ProductCategory("digital.saas");

    static final ProductCategory STANDARD = new ProductCategory("standard");
    static final String DIGITAL = "digital";
    static final String GOODS = "goods";

    /** What may be sold though no shipped rule names it. */
    static final Set<String> SHIPPED = Set.of("standard", DIGITAL, GOODS, "services", "reduced", "zero");

    private static final Set<String> RATES = Set.of("reduced", "zero");

    /** @throws InvalidRequestException if the name has another form */
    public ProductCategory {
        if (name.length() > LONGEST || !FORM.matcher(name).matches()) {
            throw new InvalidRequestException(
                    "\"" + name + "\" is no product category: lower-case words joined by dots, such as digital.saas.");
        }
    }

    boolean isWithin(String outer) {
        return name.equals(outer) || (name.startsWith(outer) && name.charAt(outer.length()) == '.');
    }

    /** Itself and what it falls back to at dots. */
    List<String> fallbacks() {
        List<String> names = new ArrayList<>();
        String rest = name;
        names.add(rest);
        for (int dot = rest.lastIndexOf('.'); dot >= 0; dot = rest.lastIndexOf('.')) {
            rest = rest.substring(0, dot);
            names.add(rest);
        }
        return names;
    }

    /** As {@link #fallbacks()}, and {@code standard} last if wanted; one that says a rate is that alone. */
    List<String> fallbacks(boolean toStandard) {
        List<String> names = fallbacks();
        String first = names.get(names.size() - 1);
        if (RATES.contains(first)) {
            return List.of(name);
        }
        if (toStandard && !first.equals(STANDARD.name)) {
            names.add(STANDARD.name);
        }
        return names;
    }
}
