package dev.matrix.webhooks.ruler;

import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.webhooks.spi.FilterSet;
import java.util.List;

/** Filters that are matched one by one, with a bound on the work that one body may cause. */
record PlainFilterSet(List<PlainFilter> filters) implements FilterSet {

    private static final JsonCodec JSON = JsonCodec.of(Currencies.standard());

    @Override
    public List<String> matching(byte[] body) {
        if (filters.isEmpty()) {
            return List.of();
        }
        Leaves leaves = Leaves.of(JSON.parse(body));
        Work work = new Work();
        return filters.stream()
                .filter(filter -> filter.matches(leaves, work))
                .map(PlainFilter::text)
                .toList();
    }
}
