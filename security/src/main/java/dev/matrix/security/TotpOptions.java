package dev.matrix.security;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;

/**
 * How a TOTP device makes its codes, and what an authenticator app shows of it. Many apps can only SHA1, 6 digits and 30
 * seconds, the defaults, and make wrong codes of all else without a word.
 *
 * @param issuer the platform's name: 1 to 128 characters, no colon
 * @param account whose it is: 1 to 128 characters, no colon
 * @param digits 6 to 8
 * @param periodSeconds how long a code counts: 15 to 60
 */
public record TotpOptions(String issuer, String account, TotpAlgorithm algorithm, int digits, int periodSeconds) {

    private static final int LONGEST_LABEL = 128;

    public TotpOptions {
        requireLabel("The issuer", issuer);
        requireLabel("The account's label", account);
        requireNonNull(algorithm, "algorithm");
        if (digits < 6 || digits > 8) {
            throw new InvalidRequestException("A code has 6 to 8 digits; not " + digits + ".");
        }
        if (periodSeconds < 15 || periodSeconds > 60) {
            throw new InvalidRequestException("A code's period is 15 to 60 seconds; not " + periodSeconds + ".");
        }
    }

    private static void requireLabel(String what, String label) {
        Texts.require(what, label, LONGEST_LABEL);
        if (label.indexOf(':') >= 0) {
            throw new InvalidRequestException(what + " has no colon.");
        }
    }

    /** What every authenticator app can. */
    public static TotpOptions of(String issuer, String account) {
        return new TotpOptions(issuer, account, TotpAlgorithm.SHA1, 6, 30);
    }

    /** These options with another hash. */
    public TotpOptions algorithm(TotpAlgorithm hash) {
        return new TotpOptions(issuer, account, hash, digits, periodSeconds);
    }

    /** These options with longer codes. */
    public TotpOptions digits(int count) {
        return new TotpOptions(issuer, account, algorithm, count, periodSeconds);
    }

    /** These options with another period. */
    public TotpOptions periodSeconds(int seconds) {
        return new TotpOptions(issuer, account, algorithm, digits, seconds);
    }

    boolean isUsual() {
        return equals(of(issuer, account));
    }
}
