package dev.matrix.refunds.spi;

import dev.matrix.refunds.spi.Subject.RefundSubject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists a provider's refunds, so that those made at its own desk are found even where no notification came. Thread-safe. Read every
 * 6 h with an overlap of 48 h, at most 100 pages in one run.
 */
@FunctionalInterface
public interface RefundFeed {

    /**
     * One page of the refunds that were made or changed since {@code from}; others in it do no harm.
     *
     * @param cursor of the page before; null: the first page
     * @throws RuntimeException when the provider doesn't answer; the run is tried again
     */
    FeedPage since(Instant from, @Nullable String cursor, ProviderContext context);

    /**
     * A page.
     *
     * @param refunds each with its providerRef and captureRef
     * @param nextCursor null: there are no more
     */
    record FeedPage(List<RefundSubject> refunds, @Nullable String nextCursor) {

        public FeedPage {
            refunds = List.copyOf(refunds);
        }
    }
}
