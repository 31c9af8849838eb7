package dev.matrix.analytics.cost;

import dev.matrix.analytics.cost.spi.CostAnalysisStore.RecommendationRow;
import dev.matrix.core.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Values as rows keep them. */
record Documents(JsonCodec json) {

    String write(Object value) {
        return new String(json.encode(value), StandardCharsets.UTF_8);
    }

    <T> T read(String document, Class<T> type) {
        return json.decode(document.getBytes(StandardCharsets.UTF_8), type);
    }

    Recommendation read(RecommendationRow row) {
        return read(row.document(), Recommendation.class);
    }

    RecommendationRow row(Recommendation it) {
        return new RecommendationRow(
                it.id(),
                it.owner(),
                it.analysisId(),
                word(it.advice().type()),
                word(it.severity()),
                word(it.status()),
                it.status().isFinal() ? null : it.fingerprint(),
                it.expiresAt(),
                it.version(),
                write(it));
    }

    /** As JSON and events have it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
