package dev.matrix.security.spi;

/** What a {@link GeoSource} says about an address. */
public sealed interface GeoAnswer {

    /** It knows something. */
    record Found(GeoRecord record) implements GeoAnswer {}

    /** It knows nothing about this address. */
    record Unknown() implements GeoAnswer {}

    /**
     * It can't say.
     *
     * @param why for people
     */
    record Failed(String why) implements GeoAnswer {}
}
