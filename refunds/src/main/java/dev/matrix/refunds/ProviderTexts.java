package dev.matrix.refunds;

import dev.matrix.refunds.spi.ProviderResult;
import java.net.URI;
import java.time.Instant;

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

    /** An action of which what can't be stored is left out. */
    static ProviderResult.CustomerAction clean(ProviderResult.CustomerAction action) {
        URI link = action.link();
        Instant until = action.expiresAt();
        return new ProviderResult.CustomerAction(
                clean(action.text()),
                link == null || link.toString().length() > LONGEST ? null : link,
                until == null || !Checks.isInYears(until) ? null : until);
    }
}
