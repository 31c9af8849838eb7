package dev.matrix.analytics.spi;

/** What facts are grouped and filtered by, besides kind, time and currency. */
public enum FactColumn {
    METER,
    PARTNER,
    RESOURCE_KIND,
    CUSTOMER;

    /** A fact's number in this column. */
    public int of(Fact fact) {
        return switch (this) {
            case METER -> fact.meter();
            case PARTNER -> fact.partner();
            case RESOURCE_KIND -> fact.resourceKind();
            case CUSTOMER -> fact.customer();
        };
    }
}
