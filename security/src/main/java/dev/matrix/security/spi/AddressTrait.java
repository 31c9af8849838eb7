package dev.matrix.security.spi;

/** What an address is used for, as far as a source of such data says. */
public enum AddressTrait {
    /** Hides who is behind it, in whatever way. */
    ANONYMOUS,
    /** Of a VPN for everybody. */
    VPN,
    /** A proxy for everybody. */
    PUBLIC_PROXY,
    /** A proxy at somebody's home, often without their knowledge. */
    RESIDENTIAL_PROXY,
    /** An exit of Tor. */
    TOR,
    /** Of a data centre. */
    HOSTING,
    /** Of a satellite link, whose users may be anywhere. */
    SATELLITE,
    /** Announced from many places at once. */
    ANYCAST
}
