package dev.matrix.tax;

/** Which tax it is. */
public enum TaxType {
    VAT,
    GST,
    HST,
    PST,
    QST,
    CGST,
    SGST,
    UTGST,
    IGST,
    SALES,
    /** Japan's consumption tax. */
    JCT,
    /** Of the Canary Islands. */
    IGIC,
    /** Of Ceuta and Melilla. */
    IPSI,
    /** A transaction tax on leases, such as Chicago's. */
    LEASE,
    /** Kept back by the buyer: reduces what is payable, never tax or gross. */
    WITHHOLDING
}
