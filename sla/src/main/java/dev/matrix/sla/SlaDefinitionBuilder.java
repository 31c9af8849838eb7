package dev.matrix.sla;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects a definition. Not thread-safe. */
public final class SlaDefinitionBuilder {

    private final String tier;
    private final List<Objective> objectives = new ArrayList<>();
    private AlertPolicy alerts = AlertPolicy.standard();
    private MaintenancePolicy maintenance = MaintenancePolicy.standard();
    private CreditPolicy credits = CreditPolicy.none();
    private BigDecimal coverageFloor = BigDecimal.valueOf(90);
    private Duration freezeAfter = Duration.ofHours(24);

    SlaDefinitionBuilder(String tier) {
        this.tier = tier;
    }

    /** Adds an objective. */
    public SlaDefinitionBuilder objective(Objective objective) {
        objectives.add(objective);
        return this;
    }

    /** Adds several objectives. */
    public SlaDefinitionBuilder objectives(List<Objective> all) {
        objectives.addAll(all);
        return this;
    }

    /** {@link AlertPolicy#standard()} by default. */
    public SlaDefinitionBuilder alerts(AlertPolicy policy) {
        this.alerts = policy;
        return this;
    }

    /** {@link MaintenancePolicy#standard()} by default. */
    public SlaDefinitionBuilder maintenance(MaintenancePolicy policy) {
        this.maintenance = policy;
        return this;
    }

    /** {@link CreditPolicy#none()} by default. */
    public SlaDefinitionBuilder credits(CreditPolicy policy) {
        this.credits = policy;
        return this;
    }

    /** In percent; 90 by default. */
    public SlaDefinitionBuilder coverageFloor(BigDecimal percent) {
        this.coverageFloor = percent;
        return this;
    }

    /** 24 h by default, 10 min to 7 days. */
    public SlaDefinitionBuilder freezeAfter(Duration afterEnd) {
        this.freezeAfter = afterEnd;
        return this;
    }

    /**
     * The definition.
     *
     * @throws dev.matrix.core.InvalidRequestException for what can't be; the message names the field
     */
    public SlaDefinition build() {
        return new SlaDefinition(tier, 0, objectives, alerts, maintenance, credits, coverageFloor, freezeAfter);
    }
}
