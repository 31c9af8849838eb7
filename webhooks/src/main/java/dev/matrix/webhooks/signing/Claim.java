package dev.matrix.webhooks.signing;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of itself in its headers; nothing of it is believed yet.
 *
 * @param id the event's id; null where the style signs none
 * @param time Unix seconds as written; null where the style signs none
 * @param signatures as listed, tags and all
 */
record Claim(@Nullable String id, @Nullable String time, List<String> signatures) {

    private static final String STRIPE_TIME = "t=";

    /** Null, as from the others, where a header is missing. */
    static @Nullable Claim standard(Function<String, @Nullable String> headers) {
        String id = headers.apply(Signatures.ID);
        String time = headers.apply(Signatures.TIMESTAMP);
        String listed = headers.apply(Signatures.STANDARD);
        return id == null || time == null || listed == null ? null : new Claim(id, time, list(listed, " "));
    }

    static @Nullable Claim stripe(Function<String, @Nullable String> headers, String name) {
        String listed = headers.apply(name);
        if (listed == null) {
            return null;
        }
        List<String> parts = list(listed, ",");
        Predicate<String> isTime = part -> part.startsWith(STRIPE_TIME);
        String time = parts.stream().filter(isTime).findFirst().orElse(STRIPE_TIME);
        return new Claim(
                null,
                time.substring(STRIPE_TIME.length()),
                parts.stream().filter(isTime.negate()).toList());
    }

    static @Nullable Claim github(Function<String, @Nullable String> headers) {
        String listed = headers.apply(Signatures.GITHUB);
        return listed == null ? null : new Claim(null, null, list(listed, ","));
    }

    /** What is signed before the body. */
    String prefix() {
        return (id == null ? "" : id + ".") + (time == null ? "" : time + ".");
    }

    private static List<String> list(String text, String separator) {
        return Arrays.stream(text.split(separator, -1))
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
