package dev.matrix.tax.format;

import java.util.Map;

/**
 * The offline check of tax ids by prefix: length, kinds of characters, check digits. It needs no
 * network and says nothing about whether an id was ever issued. Thread-safe.
 */
public final class Formats {

    private static final Map<String, Integer> PADDED = Map.of("BE", 10, "EL", 9);

    private Formats() {}

    /** Whether there is a rule for that prefix: the EU's as VIES writes them, XI GB CH NO AE AU CA IN JP NZ SA SG. */
    public static boolean knows(String prefix) {
        return EuropeanUnion.RULES.containsKey(prefix) || Elsewhere.RULES.containsKey(prefix);
    }

    /**
     * Whether the number can be one of that prefix; false where there is no rule.
     *
     * @param number upper case, without separators and prefix
     */
    public static boolean accepts(String prefix, String number) {
        NumberRule rule = EuropeanUnion.RULES.get(prefix);
        if (rule == null) {
            rule = Elsewhere.RULES.get(prefix);
        }
        return rule != null && rule.accepts(number);
    }

    /**
     * Whether a number of that form belongs to those alone who are registered for tax. Singapore's UEN doesn't: every company has
     * one.
     */
    public static boolean provesRegistration(String prefix, String number) {
        return !prefix.equals("SG") || number.startsWith("M");
    }

    /** The number as it is written today: those that were a digit shorter once (Belgium, Greece) get their leading 0. */
    public static String current(String prefix, String number) {
        Integer length = PADDED.get(prefix);
        return length != null && number.length() == length - 1 ? "0" + number : number;
    }

    static String padded(String number, int length) {
        return number.length() < length ? "0".repeat(length - number.length()) + number : number;
    }
}
