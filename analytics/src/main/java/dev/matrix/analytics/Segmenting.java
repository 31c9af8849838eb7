package dev.matrix.analytics;

import dev.matrix.core.event.payload.SubscriptionItem;
import java.util.List;

/** Which segment an item of a subscription belongs to. */
record Segmenting(List<Dimension> dimensions) {

    Segmenting {
        dimensions = List.copyOf(dimensions);
    }

    Slice slice(Terms terms, SubscriptionItem item) {
        String currency = item.price().currency().code();
        return new Slice(
                new Segment(dimensions.stream()
                        .map(dimension -> value(dimension, terms, item, currency))
                        .toList()),
                currency);
    }

    private static String value(Dimension dimension, Terms terms, SubscriptionItem item, String currency) {
        if (dimension.equals(Dimension.PLAN)) {
            return Segment.value(item.plan());
        }
        if (dimension.equals(Dimension.TIER)) {
            return Segment.value(terms.state().tier());
        }
        return dimension.equals(Dimension.PARTNER) ? Segment.value(terms.partner()) : currency;
    }
}
