package dev.matrix.sla;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventLog;
import dev.matrix.core.event.payload.SlaDefinitionChanged;
import dev.matrix.core.spi.Tx;
import dev.matrix.sla.spi.SlaDefinitionStore.DefinitionRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps tiers' definitions. */
record Definitions(SlaStores stores, Records records, Text text, EventLog events, InstantSource clock) {

    private static final String HOST = "host";

    /** Adds a version unless the newest one says the same; {@code from} null: at each binding's next period. */
    SlaDefinition define(Tx tx, SlaDefinition definition, @Nullable Instant from) {
        Instant now = clock.instant();
        if (from != null) {
            Requirements.wholeMinute(from, "from");
            if (from.isBefore(now)) {
                throw new InvalidRequestException(
                        "from lies in the past; a definition holds from now on at the earliest.");
            }
        }
        Optional<Versioned> newest = records.newest(tx, definition.tier());
        if (newest.isPresent() && newest.get().definition().withVersion(0).equals(definition.withVersion(0))) {
            return newest.get().definition();
        }
        int version = newest.map(each -> each.definition().version()).orElse(0) + 1;
        keepStandard(tx, definition.tier());
        DefinitionRow row =
                new DefinitionRow(definition.tier(), version, from, now, text.of(definition.withVersion(version)));
        if (!stores.definitions().insert(tx, row)) {
            throw new ConflictException(
                    "Tier " + definition.tier() + " has changed at the same time; read it again and repeat.");
        }
        events.publish(
                tx,
                BillingEvent.of(new SlaDefinitionChanged(
                                definition.tier(),
                                Owner.platform(),
                                definition.tier(),
                                version,
                                from == null ? now : from,
                                HOST))
                        .withKey(Names.key("sla:definition", definition.tier(), Integer.toString(version))));
        return definition.withVersion(version);
    }

    /** The first version of a standard tier is stored when it is followed by another. */
    private void keepStandard(Tx tx, String tier) {
        if (stores.definitions().versions(tx, tier).isEmpty()) {
            records.standard(tier)
                    .ifPresent(first -> stores.definitions()
                            .insert(
                                    tx,
                                    new DefinitionRow(tier, 1, null, clock.instant(), text.of(first.definition()))));
        }
    }

    SlaDefinition newest(Tx tx, String tier) {
        return records.newest(tx, tier)
                .map(Versioned::definition)
                .orElseThrow(() -> new NotFoundException("No definition of tier " + tier + "."));
    }

    List<SlaDefinition> all(Tx tx) {
        return records.tiers(tx).values().stream()
                .map(versions -> versions.get(versions.size() - 1).definition())
                .sorted(Comparator.comparing(SlaDefinition::tier))
                .toList();
    }
}
