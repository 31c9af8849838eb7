package dev.matrix.refunds;

/** What a person found out about a leg. */
public sealed interface LegResolution {

    /** It was paid. */
    record Succeeded(String providerRef) implements LegResolution {

        public Succeeded {
            Checks.reference(providerRef, "A resolution's providerRef");
        }
    }

    /** It was not paid, and never will be. */
    record NotExecuted() implements LegResolution {}

    /** Send it again. With a new key only where it is certain that the old one moved nothing. */
    record Resubmit(boolean newKey) implements LegResolution {}
}
