package dev.matrix.analytics;

import dev.matrix.analytics.spi.VersionRow;
import dev.matrix.core.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Versions of subscriptions as rows, and back. */
record Versions(JsonCodec json) {

    VersionRow row(SubscriptionVersion version) {
        return new VersionRow(
                version.eventId(),
                version.customer(),
                version.recordedAt(),
                new String(json.encode(version.terms()), StandardCharsets.UTF_8));
    }

    SubscriptionVersion read(VersionRow row) {
        Terms terms = json.decode(row.terms().getBytes(StandardCharsets.UTF_8), Terms.class);
        return new SubscriptionVersion(row.eventId(), row.customer(), row.recordedAt(), terms);
    }

    Map<Integer, List<SubscriptionVersion>> byCustomer(Collection<VersionRow> rows) {
        Map<Integer, List<SubscriptionVersion>> byCustomer = new TreeMap<>();
        rows.forEach(row -> byCustomer
                .computeIfAbsent(row.customer(), customer -> new ArrayList<>())
                .add(read(row)));
        return byCustomer;
    }
}
