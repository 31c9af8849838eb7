package dev.matrix.core.net;

/** The one header that the host's proxies write. */
public enum ForwardedHeader {
    /** {@code X-Forwarded-For}: addresses, separated by commas. */
    X_FORWARDED_FOR("X-Forwarded-For"),
    /** {@code Forwarded} (RFC 7239): of each element the parameter {@code for}. */
    FORWARDED("Forwarded");

    private final String header;

    ForwardedHeader(String header) {
        this.header = header;
    }

    /** The header's name. */
    public String header() {
        return header;
    }
}
