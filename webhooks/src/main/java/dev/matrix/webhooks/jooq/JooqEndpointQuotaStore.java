package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_QUOTA;
import static org.jooq.impl.DSL.insertInto;

import dev.matrix.core.spi.Tx;
import dev.matrix.jooq.JooqTx;
import dev.matrix.webhooks.spi.EndpointQuotaStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Condition;

/** {@link EndpointQuotaStore} in table {@code matrix_webhook_quota}, whose rows are locked while they are used. */
final class JooqEndpointQuotaStore implements EndpointQuotaStore {

    @Override
    public boolean take(Tx tx, String endpointId, String what, int most, Duration per, Instant now) {
        JooqTx own = JooqTx.of(tx);
        Condition wanted = MATRIX_WEBHOOK_QUOTA.ENDPOINT_ID.eq(endpointId).and(MATRIX_WEBHOOK_QUOTA.WHAT.eq(what));
        own.insertIfAbsent(insertInto(MATRIX_WEBHOOK_QUOTA)
                .set(MATRIX_WEBHOOK_QUOTA.ENDPOINT_ID, endpointId)
                .set(MATRIX_WEBHOOK_QUOTA.WHAT, what)
                .set(MATRIX_WEBHOOK_QUOTA.TAKEN, ""));
        String former = own.dsl()
                .select(MATRIX_WEBHOOK_QUOTA.TAKEN)
                .from(MATRIX_WEBHOOK_QUOTA)
                .where(wanted)
                .forUpdate()
                .fetchSingle(MATRIX_WEBHOOK_QUOTA.TAKEN);
        List<Long> recent = after(former, micros(now.minus(per)));
        if (recent.size() >= most) {
            return false;
        }
        recent.add(micros(now));
        own.dsl()
                .update(MATRIX_WEBHOOK_QUOTA)
                .set(
                        MATRIX_WEBHOOK_QUOTA.TAKEN,
                        recent.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .where(wanted)
                .execute();
        return true;
    }

    private static List<Long> after(String text, long before) {
        return Arrays.stream(text.split(" ", -1))
                .filter(one -> !one.isEmpty())
                .map(Long::valueOf)
                .filter(at -> at > before)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }
}
