package dev.matrix.analytics.cost.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.cost.spi.CostAnalysisStore.AnalysisRow;
import dev.matrix.analytics.cost.spi.CostAnalysisStore.RecommendationFilter;
import dev.matrix.analytics.cost.spi.CostAnalysisStore.RecommendationRow;
import dev.matrix.core.Owner;
import dev.matrix.core.Page;
import dev.matrix.core.PageRequest;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link CostAnalysisStore} promises. */
public interface CostAnalysisStoreContract extends StoreContract {

    Owner ADA = Owner.user("ada");
    Owner BOB = Owner.user("bob");
    Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static RecommendationRow row(String id, Owner owner, @Nullable String key, long version) {
        return new RecommendationRow(id, owner, "coa_1", "tier", "low", "open", key, NOON, version, "{}");
    }

    @Test
    @Tag("CC37")
    @Tag("CC22")
    default void oneFindingIsOpenOnceAndChangesByItsVersion() {
        StoreUnderTest<CostAnalysisStore> store = StoreUnderTest.of(this, CostAnalysisStore.class);
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, row("rec_1", ADA, "k", 1))))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, row("rec_2", ADA, "k", 1))))
                .isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, row("rec_1", BOB, "k", 2))))
                .isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, row("rec_1", ADA, "k", 3))))
                .isFalse();
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, row("rec_1", ADA, null, 2))))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.replaceIfVersion(tx, row("rec_1", ADA, null, 2))))
                .isFalse();
        assertThat(store.<List<RecommendationRow>>get((tx, s) -> s.live(tx, ADA)))
                .isEmpty();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, row("rec_3", ADA, "k", 1))))
                .isTrue();
        assertThat(store.<List<RecommendationRow>>get((tx, s) -> s.live(tx, ADA)))
                .containsExactly(row("rec_3", ADA, "k", 1));
        assertThat(store.<Optional<RecommendationRow>>get((tx, s) -> s.recommendation(tx, ADA, "rec_1")))
                .contains(row("rec_1", ADA, null, 2));
        assertThat(store.<Optional<RecommendationRow>>get((tx, s) -> s.recommendation(tx, BOB, "rec_1")))
                .isEmpty();
    }

    @Test
    default void pagesHoldWhatIsAskedFor() {
        StoreUnderTest<CostAnalysisStore> store = StoreUnderTest.of(this, CostAnalysisStore.class);
        store.run((tx, s) -> {
            s.insert(tx, row("rec_1", ADA, "a", 1));
            s.insert(tx, row("rec_2", BOB, "b", 1));
            s.insert(tx, new RecommendationRow("rec_3", ADA, "coa_1", "usage", "high", "accepted", "c", NOON, 1, "{}"));
            s.insert(tx, new AnalysisRow("coa_1", ADA, NOON, "{}"));
            s.insert(tx, new AnalysisRow("coa_2", ADA, NOON, "{}"));
        });
        assertThat(ids(store, new RecommendationFilter(null, null, null, null)))
                .containsExactly("rec_1", "rec_2", "rec_3");
        assertThat(ids(store, new RecommendationFilter(ADA, null, null, null))).containsExactly("rec_1", "rec_3");
        assertThat(ids(store, new RecommendationFilter(ADA, "usage", null, null)))
                .containsExactly("rec_3");
        assertThat(ids(store, new RecommendationFilter(null, null, "low", null)))
                .containsExactly("rec_1", "rec_2");
        assertThat(ids(store, new RecommendationFilter(null, null, null, "accepted")))
                .containsExactly("rec_3");
        Page<AnalysisRow> first = store.get((tx, s) -> s.analyses(tx, ADA, PageRequest.first(1)));
        assertThat(first.items()).extracting(AnalysisRow::id).containsExactly("coa_1");
        Page<AnalysisRow> next =
                store.get((tx, s) -> s.analyses(tx, ADA, PageRequest.after(String.valueOf(first.nextCursor()), 1)));
        assertThat(next.items()).extracting(AnalysisRow::id).containsExactly("coa_2");
        assertThat(next.nextCursor()).isNull();
        assertThat(store.<Optional<AnalysisRow>>get((tx, s) -> s.find(tx, BOB, "coa_1")))
                .isEmpty();
        assertThat(store.<Optional<AnalysisRow>>get((tx, s) -> s.find(tx, ADA, "coa_1")))
                .isPresent();
        assertThat(store.<Optional<Owner>>get((tx, s) -> s.ownerOf(tx, "rec_2")))
                .contains(BOB);
        assertThat(store.<Optional<Owner>>get((tx, s) -> s.ownerOf(tx, "coa_1")))
                .contains(ADA);
        assertThat(store.<Optional<Owner>>get((tx, s) -> s.ownerOf(tx, "coa_9")))
                .isEmpty();
        assertThat(store.<Integer>get((tx, s) -> s.erase(tx, ADA))).isEqualTo(4);
        assertThat(ids(store, new RecommendationFilter(null, null, null, null))).containsExactly("rec_2");
    }

    private static List<String> ids(StoreUnderTest<CostAnalysisStore> store, RecommendationFilter filter) {
        return store.<Page<RecommendationRow>>get((tx, s) -> s.page(tx, filter, PageRequest.first(10))).items().stream()
                .map(RecommendationRow::id)
                .toList();
    }
}
