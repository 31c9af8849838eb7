package dev.matrix.tax.vies;

import dev.matrix.tax.TaxId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What VIES is sent: ids in two parts, {@code EL} for Greece. */
record ViesRequest(
        String countryCode,
        String vatNumber,
        @Nullable String requesterMemberStateCode,
        @Nullable String requesterNumber) {

    /** A requester from elsewhere is left out, as VIES would refuse the whole call for it. */
    static ViesRequest of(TaxId id, @Nullable TaxId requester, Set<String> memberStates) {
        return requester == null || !memberStates.contains(requester.prefix())
                ? new ViesRequest(id.prefix(), id.number(), null, null)
                : new ViesRequest(id.prefix(), id.number(), requester.prefix(), requester.number());
    }
}
