package dev.matrix.tax.spi;

import org.jspecify.annotations.Nullable;

/** What a register said of a tax id, or that it said nothing. */
public sealed interface TaxIdAnswer {

    /**
     * It knows the id.
     *
     * @param consultationNumber its own number of this answer, at most 255 characters; null where it gave none
     */
    record Valid(@Nullable String consultationNumber) implements TaxIdAnswer {}

    /**
     * It answered that it doesn't know the id. Silence, errors and doubts are {@link Unavailable}.
     *
     * @param consultationNumber as in {@link Valid}
     */
    record Invalid(@Nullable String consultationNumber) implements TaxIdAnswer {}

    /** It calls the id malformed. */
    record Malformed() implements TaxIdAnswer {}

    /**
     * It gave no answer; asked again later.
     *
     * @param why for people, in a word or two and without the id: {@code MS_UNAVAILABLE}
     */
    record Unavailable(String why) implements TaxIdAnswer {}
}
