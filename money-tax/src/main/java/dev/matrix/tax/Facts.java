package dev.matrix.tax;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a determination looks things up in.
 *
 * @param turnover the seller's; got only where a threshold decides
 */
record Facts(
        RuleSet rules,
        List<TaxRegistration> registrations,
        List<TaxExemption> exemptions,
        Supplier<Turnover> turnover,
        TaxIdProof ids,
        Instant now) {

    Facts {
        registrations = List.copyOf(registrations);
        exemptions = List.copyOf(exemptions);
    }
}
