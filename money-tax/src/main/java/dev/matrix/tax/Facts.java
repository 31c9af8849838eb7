package dev.matrix.tax;

import java.time.Instant;
import java.util.List;

/** What a determination looks things up in; read before it begins, so that it is pure. */
record Facts(
        RuleSet rules,
        List<TaxRegistration> registrations,
        List<TaxExemption> exemptions,
        Turnover turnover,
        TaxIdProof ids,
        Instant now) {

    Facts {
        registrations = List.copyOf(registrations);
        exemptions = List.copyOf(exemptions);
    }
}
