package dev.matrix.analytics.cost;

import static dev.matrix.analytics.cost.CostNode.ADA;
import static dev.matrix.analytics.cost.CostNode.ENTERPRISE;
import static dev.matrix.analytics.cost.CostNode.PRO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.Window;
import dev.matrix.core.PageRequest;
import dev.matrix.core.money.Money;
import dev.matrix.core.spi.Stores;
import dev.matrix.jooq.Database;
import dev.matrix.jooq.OpenStorages;
import dev.matrix.testkit.ManualClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From usage to verified savings, on each database; two nodes share it. */
class CostOnDatabasesTest {

    @RegisterExtension
    final OpenStorages storages = new OpenStorages();

    /** A database has its own time, so the story ends two days ago. */
    @ParameterizedTest
    @EnumSource(Database.class)
    void usageBecomesAdviceAndAdviceSavings(Database database) {
        Stores stores = storages.storage(database);
        ManualClock clock = ManualClock.at("2026-04-15T12:00:00Z");
        CostNode one = new CostNode(stores, clock, "one", UnaryOperator.identity());
        CostNode two = new CostNode(stores, clock, "two", UnaryOperator.identity());
        LocalDate start = LocalDate.ofInstant(one.matrix.storeClock().instant(), ZoneOffset.UTC)
                .minusDays(2)
                .minusMonths(6);
        LocalDate change = start.plusMonths(4);
        one.subscribes(ADA, "sub_1", ENTERPRISE, start.toString());
        for (int month = 0; month < 6; month++) {
            one.uses(ADA, "sub_1", start.plusMonths(month).toString(), "100000");
        }
        one.drive();
        CostQuery query = CostQuery.of(ADA).in(new Window(midnight(start), midnight(change)));
        Recommendation found = one.costs.analyze(query).recommendations().get(0);
        assertThat(two.costs.analyze(query).recommendations().get(0).id()).isEqualTo(found.id());
        assertThat(found.savings()).isEqualTo(Money.of("90.00", "EUR"));
        two.costs.accept(ADA, found.id(), "u_1");
        one.costs.markApplied(ADA, found.id(), midnight(change), "u_1");
        one.moves(ADA, "sub_1", PRO, change.toString()).drive();
        two.drive().analyze();
        SavingsStatement savings = one.costs.savings(ADA, found.id());
        assertThat(savings.status()).isEqualTo(RecommendationStatus.APPLIED);
        assertThat(savings.months()).hasSize(2);
        assertThat(savings.realised()).isEqualTo(Money.of("180.00", "EUR"));
        assertThat(two.costs.page(ADA, PageRequest.first(10)).items()).hasSize(3);
        assertThat(one.costs
                        .recommendations(RecommendationQuery.of(ADA), PageRequest.first(10))
                        .items())
                .extracting(Recommendation::id)
                .containsExactly(found.id());
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
