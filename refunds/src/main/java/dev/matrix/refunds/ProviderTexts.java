package dev.matrix.refunds;

import org.jspecify.annotations.Nullable;

/** What providers write, as every store can hold it. */
final class ProviderTexts {

    private static final int LONGEST = 1_000;

    private ProviderTexts() {}

    /** At most 1,000 code points; NUL and halves of surrogate pairs become U+FFFD. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    static @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : clean(text);
    }
}
