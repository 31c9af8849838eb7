package dev.matrix.tax;

/** Why a tax is what it is (table TD12). */
public enum TaxReason {
    STANDARD,
    REDUCED,
    /** Taxed at 0 %. */
    ZERO_RATED,
    /** The product is not taxed there. */
    EXEMPT_PRODUCT,
    /** The buyer holds a certificate. */
    EXEMPT_CUSTOMER,
    /** The buyer accounts for it. */
    REVERSE_CHARGE,
    /** No such tax reaches that place. */
    OUT_OF_SCOPE,
    /** The law leaves sales to such buyers alone. */
    NOT_SUBJECT,
    /** The seller has no registration there. */
    NOT_COLLECTING,
    /** The seller has no registration there, and needs none so far. */
    BELOW_THRESHOLD,
    /** Goods to a business in another EU state. */
    INTRA_COMMUNITY,
    /** Goods that leave the EU. */
    EXPORT,
    /** The buyer pays the tax to the state directly; by a host's rule. */
    SPLIT_PAYMENT;

    /** Whether a rate applies, be it 0. The others have none, which is not 0. */
    boolean hasRate() {
        return this == STANDARD || this == REDUCED || this == ZERO_RATED || this == SPLIT_PAYMENT;
    }

    /** Whether nothing is charged since no tax of that place reaches the sale. */
    boolean isOutside() {
        return this == OUT_OF_SCOPE || this == NOT_SUBJECT || this == NOT_COLLECTING || this == BELOW_THRESHOLD;
    }
}
