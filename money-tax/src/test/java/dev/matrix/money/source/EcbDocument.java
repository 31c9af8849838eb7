package dev.matrix.money.source;

import dev.matrix.money.spi.ObservedRates;
import java.util.List;

/** Reads a document of the European Central Bank as {@link EcbRates} does, for tests of other packages. */
public final class EcbDocument {

    private EcbDocument() {}

    /** The days of the document, in its order. */
    public static List<ObservedRates> read(byte[] xml) {
        return EcbXml.read(xml);
    }
}
