package dev.matrix.tax;

import dev.matrix.tax.Csv.Row;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What documents have to say of a reason, by language; a shipped table. English is what {@link Invoicing} writes. */
final class LegalNotes {

    private static final Map<Note, String> TEXTS = read();

    private record Note(String reason, String language) {}

    private LegalNotes() {}

    private static Map<Note, String> read() {
        Map<Note, String> texts = new HashMap<>();
        for (Row row : Csv.read("notes.csv")) {
            texts.put(new Note(row.get("reason"), row.get("language")), row.get("text"));
        }
        return Map.copyOf(texts);
    }

    /** The note of a reason in a language; null where the table lacks it. */
    @Nullable
    static String of(TaxReason reason, Locale language) {
        return TEXTS.get(new Note(reason.name(), language.getLanguage()));
    }
}
