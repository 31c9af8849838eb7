package dev.matrix.webhooks.jooq;

import static dev.matrix.webhooks.jooq.generated.Tables.MATRIX_WEBHOOK_ATTEMPT;

import dev.matrix.core.spi.HttpReply.Timing;
import dev.matrix.webhooks.Attempt;
import dev.matrix.webhooks.AttemptError;
import dev.matrix.webhooks.Outcome;
import java.time.Duration;
import java.util.List;
import org.jooq.Record;

/** Attempts as {@code matrix_webhook_attempt} holds them. */
final class AttemptRows {

    private AttemptRows() {}

    static Attempt attempt(Record row) {
        String error = row.get(MATRIX_WEBHOOK_ATTEMPT.ERROR);
        return new Attempt(
                row.get(MATRIX_WEBHOOK_ATTEMPT.ID),
                row.get(MATRIX_WEBHOOK_ATTEMPT.DELIVERY_ID),
                row.get(MATRIX_WEBHOOK_ATTEMPT.ENDPOINT_ID),
                row.get(MATRIX_WEBHOOK_ATTEMPT.NUMBER),
                row.get(MATRIX_WEBHOOK_ATTEMPT.STARTED_AT),
                Outcome.valueOf(row.get(MATRIX_WEBHOOK_ATTEMPT.OUTCOME)),
                row.get(MATRIX_WEBHOOK_ATTEMPT.STATUS),
                error == null ? null : AttemptError.valueOf(error),
                row.get(MATRIX_WEBHOOK_ATTEMPT.URL),
                keyIds(row.get(MATRIX_WEBHOOK_ATTEMPT.KEY_IDS)),
                row.get(MATRIX_WEBHOOK_ATTEMPT.REMOTE_ADDRESS),
                ReplyHeaders.decode(row.get(MATRIX_WEBHOOK_ATTEMPT.REPLY_HEADERS)),
                row.get(MATRIX_WEBHOOK_ATTEMPT.REPLY_BODY),
                row.get(MATRIX_WEBHOOK_ATTEMPT.TRUNCATED),
                row.get(MATRIX_WEBHOOK_ATTEMPT.LATE),
                new Timing(
                        duration(row.get(MATRIX_WEBHOOK_ATTEMPT.DNS_MICROS)),
                        duration(row.get(MATRIX_WEBHOOK_ATTEMPT.CONNECT_MICROS)),
                        duration(row.get(MATRIX_WEBHOOK_ATTEMPT.TLS_MICROS)),
                        duration(row.get(MATRIX_WEBHOOK_ATTEMPT.FIRST_BYTE_MICROS)),
                        duration(row.get(MATRIX_WEBHOOK_ATTEMPT.TOTAL_MICROS))));
    }

    private static Duration duration(int micros) {
        return Duration.ofNanos(micros * 1_000L);
    }

    /** Saturates at 35 minutes, far beyond any timeout. */
    static int micros(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toNanos() / 1_000);
    }

    static String keyIds(Attempt attempt) {
        return String.join(",", attempt.keyIds());
    }

    private static List<String> keyIds(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }
}
