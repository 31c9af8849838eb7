package dev.matrix.analytics.cost;

import java.math.BigDecimal;

/** How sure a saving is. */
public enum Confidence {
    /** Less than MEDIUM asks for, or what speaks against it is named in the evidence. */
    LOW("0.4"),
    /** 30 days of evidence or more. */
    MEDIUM("0.7"),
    /** 60 days of evidence or more, and the saving holds in each third of them. */
    HIGH("1");

    private final BigDecimal weight;

    Confidence(String weight) {
        this.weight = new BigDecimal(weight);
    }

    /** What its saving counts when actions on one subject compete. */
    BigDecimal weight() {
        return weight;
    }

    Confidence atMost(Confidence bound) {
        return compareTo(bound) <= 0 ? this : bound;
    }
}
