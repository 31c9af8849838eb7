package dev.matrix.tax.spi;

import dev.matrix.core.spi.HttpTransport;
import dev.matrix.tax.TaxId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a register about tax ids. Thread-safe and re-entrant; never called inside a transaction. */
public interface TaxIdVerifier {

    /** The prefixes that it answers for; one verifier per prefix. */
    Set<String> prefixes();

    /**
     * Asks once, blocking, for half a minute at most. It doesn't repeat a call that failed: its caller does, later.
     *
     * @param id of one of its prefixes; well formed where {@link TaxId} has a rule for it
     * @param requester who asks, where the host has said so; null for nobody in particular
     * @return what the register said; a transport that fails is {@link TaxIdAnswer.Unavailable}
     */
    TaxIdAnswer verify(TaxId id, @Nullable TaxId requester, HttpTransport transport);
}
