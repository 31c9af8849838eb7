package dev.matrix.tax;

import dev.matrix.tax.Csv.Row;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** India's states by their GST codes, and what each adds to CGST: SGST, or UTGST in union territories; a shipped table. */
final class IndianStates {

    static final IndianStates INSTANCE = new IndianStates();

    private final Map<String, String> codes = new HashMap<>();
    private final Map<String, TaxType> local = new HashMap<>();

    private IndianStates() {
        for (Row row : Csv.read("india.csv")) {
            codes.put(row.get("state"), row.get("gst"));
            codes.put(row.get("gst"), row.get("gst"));
            local.put(row.get("gst"), TaxType.valueOf(row.get("local")));
        }
    }

    /** The GST code of an address's region, in letters or digits; null where it is none. */
    @Nullable
    String code(@Nullable String region) {
        return region == null ? null : codes.get(region);
    }

    /** The tax beside CGST in a state of that GST code. */
    TaxType local(String code) {
        return local.getOrDefault(code, TaxType.SGST);
    }
}
