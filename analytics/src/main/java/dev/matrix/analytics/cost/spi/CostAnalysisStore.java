package dev.matrix.analytics.cost.spi;

import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.spi.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Analyses and the recommendations that they found. Every read and change names the owner. */
public interface CostAnalysisStore {

    /** An analysis as it was returned. */
    record AnalysisRow(String id, Owner owner, Instant createdAt, String document) {}

    /**
     * A recommendation.
     *
     * @param liveKey the fingerprint while the recommendation can still change by an analysis; null afterwards. At most one row has
     *     a given one
     * @param version 1 at first
     */
    record RecommendationRow(
            String id,
            Owner owner,
            String analysisId,
            String type,
            String severity,
            String status,
            @Nullable String liveKey,
            Instant expiresAt,
            long version,
            String document) {}

    /** Which recommendations; null: any. */
    record RecommendationFilter(
            @Nullable Owner owner,
            @Nullable String type,
            @Nullable String severity,
            @Nullable String status) {}

    /** Adds an analysis. */
    void insert(Tx tx, AnalysisRow row);

    /** An owner's analysis. */
    Optional<AnalysisRow> find(Tx tx, Owner owner, String id);

    /** Whose analysis or recommendation an id is, for operators. */
    Optional<Owner> ownerOf(Tx tx, String id);

    /** An owner's analyses by id. */
    Page<AnalysisRow> analyses(Tx tx, Owner owner, PageRequest page);

    /** Adds a recommendation; false, and nothing changes, if another row has its live key. Waits for open transactions. */
    boolean insert(Tx tx, RecommendationRow row);

    /** An owner's recommendation. */
    Optional<RecommendationRow> recommendation(Tx tx, Owner owner, String id);

    /** An owner's recommendations that have a live key, by id. */
    List<RecommendationRow> live(Tx tx, Owner owner);

    /** Recommendations by id. */
    Page<RecommendationRow> page(Tx tx, RecommendationFilter filter, PageRequest page);

    /** Replaces the row if id and owner match and the stored version is one less; else false, and nothing changes. */
    boolean replaceIfVersion(Tx tx, RecommendationRow row);

    /** Removes an owner's analyses and recommendations; returns how many rows went. */
    int erase(Tx tx, Owner owner);
}
