package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.ProviderResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a leg is stored as JSON.
 *
 * @param keys every key that it was sent under, newest last
 * @param lookups since its state last changed
 * @param resubmits how often it was sent again under the newest key
 * @param resubmit whether a look-up found that it may be sent again
 * @param doubtful whether an attempt under the newest key may have moved money
 * @param endedAt when the last attempt ended, or its lease did
 * @param since when it came to its state
 * @param prorated whether it returns an unused part of a period
 * @param settled what left the merchant's balance, if in another currency
 * @param settledShare its part of what the capture settled
 * @param absentSince when an absence was first believed that no further attempt followed
 * @param outside whether it was made at the provider and not by Matrix
 * @param outsideRef the provider's id of a refund made there whose import waits; null: it doesn't wait
 */
record LegDocument(
        List<String> keys,
        int attempts,
        int lookups,
        int resubmits,
        boolean resubmit,
        boolean doubtful,
        @Nullable Instant firstAttemptAt,
        @Nullable Instant endedAt,
        Instant since,
        boolean prorated,
        boolean cancelRequested,
        List<LineShare> lines,
        Set<Attention> attention,
        @Nullable String trace,
        @Nullable String code,
        @Nullable String message,
        ProviderResult.@Nullable CustomerAction action,
        @Nullable Money settled,
        @Nullable Money settledShare,
        @Nullable Instant absentSince,
        boolean outside,
        @Nullable String outsideRef) {

    static LegDocument fresh(String id, boolean prorated, List<LineShare> lines, Instant now) {
        return new LegDocument(
                List.of(id),
                0,
                0,
                0,
                false,
                false,
                null,
                null,
                now,
                prorated,
                false,
                lines,
                Set.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null);
    }

    /** Of a refund that was made at the provider; its import waits. */
    static LegDocument imported(String id, String providerRef, Instant now) {
        Edit edit = fresh(id, false, List.of(), now).edit();
        edit.outside = true;
        edit.outsideRef = providerRef;
        return edit.done();
    }

    String key() {
        return keys.get(keys.size() - 1);
    }

    Edit edit() {
        return new Edit(this);
    }

    /** Collects changes; its fields are this package's to set. Not thread-safe. */
    static final class Edit {

        List<String> keys;
        int attempts;
        int lookups;
        int resubmits;
        boolean resubmit;
        boolean doubtful;

        @Nullable
        Instant firstAttemptAt;

        @Nullable
        Instant endedAt;

        Instant since;
        private final boolean prorated;
        boolean cancelRequested;
        private final List<LineShare> lines;
        final Set<Attention> attention;

        @Nullable
        String trace;

        @Nullable
        String code;

        @Nullable
        String message;

        ProviderResult.@Nullable CustomerAction action;

        @Nullable
        Money settled;

        @Nullable
        Money settledShare;

        @Nullable
        Instant absentSince;

        private boolean outside;

        @Nullable
        String outsideRef;

        private Edit(LegDocument d) {
            keys = d.keys;
            attempts = d.attempts;
            lookups = d.lookups;
            resubmits = d.resubmits;
            resubmit = d.resubmit;
            doubtful = d.doubtful;
            firstAttemptAt = d.firstAttemptAt;
            endedAt = d.endedAt;
            since = d.since;
            prorated = d.prorated;
            cancelRequested = d.cancelRequested;
            lines = d.lines;
            attention = d.attention.isEmpty() ? EnumSet.noneOf(Attention.class) : EnumSet.copyOf(d.attention);
            trace = d.trace;
            code = d.code;
            message = d.message;
            action = d.action;
            settled = d.settled;
            settledShare = d.settledShare;
            absentSince = d.absentSince;
            outside = d.outside;
            outsideRef = d.outsideRef;
        }

        /** The next attempt is made under a new key, which nothing was sent under. */
        void newKey(String legId) {
            List<String> more = new ArrayList<>(keys);
            more.add(legId + "_" + (more.size() + 1));
            keys = List.copyOf(more);
            firstAttemptAt = null;
            absentSince = null;
            doubtful = false;
            resubmits = 0;
            resubmit = true;
        }

        LegDocument done() {
            return new LegDocument(
                    keys,
                    attempts,
                    lookups,
                    resubmits,
                    resubmit,
                    doubtful,
                    firstAttemptAt,
                    endedAt,
                    since,
                    prorated,
                    cancelRequested,
                    lines,
                    Set.copyOf(attention),
                    trace,
                    code,
                    message,
                    action,
                    settled,
                    settledShare,
                    absentSince,
                    outside,
                    outsideRef);
        }
    }
}
