package dev.matrix.tax;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.tax.format.Formats;

/**
 * A VAT, GST or business number with the prefix of its country, normalised: upper case, without
 * blanks, dots, dashes and slashes, with the leading zero that Belgian and Greek numbers have got. So one id is one
 * value, however it was typed. Its text form hides it; {@link #text} doesn't.
 *
 * @param prefix two letters: the country's ISO 3166 code, but {@code EL} for Greece ({@code GR} is read too) and
 *     {@code XI} for Northern Ireland
 * @param number the rest: 1 to 32 of {@code A-Z 0-9 + *}
 */
public record TaxId(String prefix, String number) {

    private static final int LONGEST = 32;

    /** @throws InvalidRequestException where no id can look like this; a wrong check digit is no reason */
    public TaxId {
        prefix = TaxIdText.prefix(requireNonNull(prefix, "prefix"));
        number = Formats.current(prefix, TaxIdText.compact(requireNonNull(number, "number")));
        if (number.isEmpty() || number.length() > LONGEST) {
            throw new InvalidRequestException("A tax id's number has 1 to " + LONGEST
                    + " characters; this one, of prefix " + prefix + ", has " + number.length() + ".");
        }
    }

    /**
     * Reads an id that carries its prefix, such as {@code DE 314 159 262}, {@code CHE-314.159.269 MWST} or
     * {@code ABN 94 314 159 265}.
     *
     * @throws InvalidRequestException where it has none, or characters that no id has
     */
    public static TaxId parse(String text) {
        return TaxIdText.parse(requireNonNull(text, "text"));
    }

    /**
     * Reads an id of a country, with or without its prefix; one prefix is taken off, not two.
     *
     * @param country its prefix or ISO 3166 code
     * @throws InvalidRequestException where it has characters that no id has
     */
    public static TaxId of(String country, String text) {
        return TaxIdText.of(requireNonNull(country, "country"), requireNonNull(text, "text"));
    }

    /**
     * Whether form and check digits are right. It says nothing about whether the id was ever issued; false too for a
     * prefix without a rule, and for {@code EU}, which sellers of the non-Union scheme have and no buyer.
     */
    public boolean isWellFormed() {
        return Formats.accepts(prefix, number);
    }

    /** Prefix and number in one, as invoices show it: {@code DE314159262}. */
    public String text() {
        return prefix + number;
    }

    /** For logs: the prefix and the last two characters, {@code DE…62}. */
    @Override
    public String toString() {
        return prefix + "…" + number.substring(Math.max(0, number.length() - 2));
    }
}
