package dev.matrix.analytics;

/** An event can't be counted; the reason is a word in lower snake case. */
final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final String TOO_LARGE = "too_large";
    static final String OUT_OF_RANGE = "out_of_range";
    static final String UNREADABLE = "unreadable";
    static final String UNLIKE_CURRENCIES = "unlike_currencies";

    private final String reason;

    Rejection(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
