package dev.matrix.core;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes ids that sort by the time of their making: a prefix, then 48 bits of Unix milliseconds and 80 random bits in
 * Crockford's base 32 (lower case), as in ULIDs. Within a millisecond, and when the clock steps back, they go on rising.
 * Thread-safe.
 */
public final class Ids {

    private static final String PREFIX = "[a-z][a-z0-9]{0,7}";
    private static final int LONGEST_PREFIX = 8;
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int TIME_DIGITS = 10;
    private static final int RANDOM_DIGITS = 16;
    private static final long RANDOM_HALF = (1L << 40) - 1;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long millis = Long.MIN_VALUE;
    private long high;
    private long low;

    private Ids(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    static Ids of(InstantSource clock, RandomGenerator random) {
        return new Ids(clock, random);
    }

    /**
     * The next id: the prefix, {@code _} and 26 characters of {@code [0-9a-z]}.
     *
     * @param prefix what kind of thing it names: {@code [a-z][a-z0-9]{0,7}}
     */
    public String next(String prefix) {
        if (!isPrefix(prefix)) {
            throw new InvalidRequestException("An id's prefix matches " + PREFIX + "; '" + prefix + "' doesn't.");
        }
        StringBuilder id = new StringBuilder(prefix.length() + 1 + TIME_DIGITS + RANDOM_DIGITS)
                .append(prefix)
                .append('_');
        synchronized (this) {
            advance();
            append(id, millis, TIME_DIGITS);
            append(id, high, RANDOM_DIGITS / 2);
            append(id, low, RANDOM_DIGITS / 2);
        }
        return id.toString();
    }

    /** By hand, as ids are made for each row and request. */
    private static boolean isPrefix(String text) {
        boolean fits = !text.isEmpty() && text.length() <= LONGEST_PREFIX && isLetter(text.charAt(0));
        for (int i = 1; fits && i < text.length(); i++) {
            fits = isLetter(text.charAt(i)) || (text.charAt(i) >= '0' && text.charAt(i) <= '9');
        }
        return fits;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private void advance() {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            high = random.nextLong() & RANDOM_HALF;
            low = random.nextLong() & RANDOM_HALF;
        } else if (low < RANDOM_HALF) {
            low++;
        } else {
            low = 0;
            high = (high + 1) & RANDOM_HALF;
            millis += high == 0 ? 1 : 0;
        }
    }

    private static void append(StringBuilder to, long bits, int digits) {
        for (int shift = 5 * (digits - 1); shift >= 0; shift -= 5) {
            to.append(DIGITS[(int) (bits >>> shift) & 31]);
        }
    }
}
