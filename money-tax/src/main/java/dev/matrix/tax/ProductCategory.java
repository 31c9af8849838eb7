package dev.matrix.tax;

import dev.matrix.core.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is sold, as rules name it: {@code digital.saas} falls back to {@code digital}, then to {@code standard} (not in US
 * states, TD10). The shipped rules know {@code digital}, {@code standard}, {@code zero} (GB), {@code goods} and
 * {@code reduced.N} with {@code _} for the point; a host adds its own.
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

    /** Itself, what it falls back to at dots, and {@code standard} last. */
    List<String> fallbacks(boolean toStandard) {
        List<String> names = new ArrayList<>();
        String rest = name;
        names.add(rest);
        for (int dot = rest.lastIndexOf('.'); dot >= 0; dot = rest.lastIndexOf('.')) {
            rest = rest.substring(0, dot);
            names.add(rest);
        }
        if (toStandard && !rest.equals(STANDARD.name)) {
            names.add(STANDARD.name);
        }
        return names;
    }
}
