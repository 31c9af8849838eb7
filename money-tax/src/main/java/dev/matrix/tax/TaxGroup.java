package dev.matrix.tax;

import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a document prints for one tax at one rate.
 *
 * @param ratePercent null where there is none, which is not 0
 * @param en16931Category the VAT category code of EN 16931 (BT-118); null when neither seller nor buyer is in the EU
 * @param vatexCode the exemption reason's code (BT-121)
 * @param legalNote the exemption reason's text (BT-120)
 */
public record TaxGroup(
        String jurisdiction,
        TaxType type,
        @Nullable BigDecimal ratePercent,
        Money base,
        Money tax,
        TaxReason reason,
        @Nullable String en16931Category,
        @Nullable String vatexCode,
        @Nullable String legalNote) {

    /**
     * The legal note in the buyer's or seller's language, as its law words it: the reverse charge in the EU's languages, intra-Community
     * supplies and exports in some. Elsewhere {@link #legalNote()}; the text of a rule or certificate stays as it is. Null where there is no
     * note.
     */
    public @Nullable String legalNote(Locale language) {
        String own = LegalNotes.of(reason, language);
        boolean shipped = legalNote != null && legalNote.equals(LegalNotes.of(reason, Locale.ENGLISH));
        return shipped && own != null ? own : legalNote;
    }
}
