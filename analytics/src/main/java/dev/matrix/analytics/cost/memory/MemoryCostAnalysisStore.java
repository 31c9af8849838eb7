package dev.matrix.analytics.cost.memory;

import dev.matrix.analytics.cost.spi.CostAnalysisStore;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Tx;
import java.util.List;
import java.util.Optional;

/** {@link CostAnalysisStore} in memory. */
final class MemoryCostAnalysisStore implements CostAnalysisStore {

    private final MemoryTable<String, AnalysisRow> analyses = new MemoryTable<>();
    private final MemoryTable<String, RecommendationRow> recommendations = new MemoryTable<>();
    private final MemoryTable<String, String> live = new MemoryTable<>();

    @Override
    public void insert(Tx tx, AnalysisRow row) {
        analyses.put(tx, row.id(), row);
    }

    @Override
    public Optional<AnalysisRow> find(Tx tx, Owner owner, String id) {
        return Optional.ofNullable(analyses.get(tx, id))
                .filter(row -> row.owner().equals(owner));
    }

    @Override
    public Optional<Owner> ownerOf(Tx tx, String id) {
        AnalysisRow analysis = analyses.get(tx, id);
        RecommendationRow recommendation = recommendations.get(tx, id);
        return analysis != null
                ? Optional.of(analysis.owner())
                : Optional.ofNullable(recommendation).map(RecommendationRow::owner);
    }

    @Override
    public Page<AnalysisRow> analyses(Tx tx, Owner owner, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        List<AnalysisRow> found = analyses.rows(tx).tailMap(after, false).values().stream()
                .filter(row -> row.owner().equals(owner))
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, AnalysisRow::id);
    }

    @Override
    public boolean insert(Tx tx, RecommendationRow row) {
        if (row.liveKey() != null && !live.putIfAbsent(tx, row.liveKey(), row.id())) {
            return false;
        }
        recommendations.put(tx, row.id(), row);
        return true;
    }

    @Override
    public Optional<RecommendationRow> recommendation(Tx tx, Owner owner, String id) {
        return Optional.ofNullable(recommendations.get(tx, id))
                .filter(row -> row.owner().equals(owner));
    }

    @Override
    public List<RecommendationRow> live(Tx tx, Owner owner) {
        return recommendations.rows(tx).values().stream()
                .filter(row -> row.liveKey() != null && row.owner().equals(owner))
                .toList();
    }

    @Override
    public Page<RecommendationRow> page(Tx tx, RecommendationFilter filter, PageRequest page) {
        String after = page.cursor() == null ? "" : page.cursor();
        List<RecommendationRow> found = recommendations.rows(tx).tailMap(after, false).values().stream()
                .filter(row -> filter.owner() == null || filter.owner().equals(row.owner()))
                .filter(row -> filter.type() == null || filter.type().equals(row.type()))
                .filter(row -> filter.severity() == null || filter.severity().equals(row.severity()))
                .filter(row -> filter.status() == null || filter.status().equals(row.status()))
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(found, page, RecommendationRow::id);
    }

    @Override
    public boolean replaceIfVersion(Tx tx, RecommendationRow row) {
        RecommendationRow stored = recommendations.get(tx, row.id());
        if (stored == null || !stored.owner().equals(row.owner()) || stored.version() != row.version() - 1) {
            return false;
        }
        if (stored.liveKey() != null) {
            live.remove(tx, stored.liveKey());
        }
        if (row.liveKey() != null) {
            live.put(tx, row.liveKey(), row.id());
        }
        recommendations.put(tx, row.id(), row);
        return true;
    }

    @Override
    public int erase(Tx tx, Owner owner) {
        List<AnalysisRow> own = analyses.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .toList();
        own.forEach(row -> analyses.remove(tx, row.id()));
        List<RecommendationRow> found = recommendations.rows(tx).values().stream()
                .filter(row -> row.owner().equals(owner))
                .toList();
        for (RecommendationRow row : found) {
            recommendations.remove(tx, row.id());
            if (row.liveKey() != null) {
                live.remove(tx, row.liveKey());
            }
        }
        return own.size() + found.size();
    }
}
