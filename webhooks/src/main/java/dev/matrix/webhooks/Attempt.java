package dev.matrix.webhooks;

import dev.matrix.core.spi.HttpReply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request that was sent, or tried to be.
 *
 * @param id {@code wha_…}
 * @param number 1 for the delivery's first request; every request counts
 * @param startedAt store time
 * @param outcome its outcome
 * @param status HTTP status; null where no reply's head came
 * @param error what was wrong; null on plain success
 * @param url where it went
 * @param keyIds the keys that signed it, newest first
 * @param remoteAddress the address used; null where none was reached
 * @param replyHeaders as received, the first 8,192 characters of them
 * @param replyBody raw bytes as received, up to the cap
 * @param truncated whether there was more of the reply's body or headers
 * @param late whether it changed nothing, as the lease had passed on or the delivery had changed meanwhile
 * @param timing where the time went
 */
public record Attempt(
        String id,
        String deliveryId,
        String endpointId,
        int number,
        Instant startedAt,
        Outcome outcome,
        @Nullable Integer status,
        @Nullable AttemptError error,
        String url,
        List<String> keyIds,
        @Nullable String remoteAddress,
        Map<String, List<String>> replyHeaders,
        byte[] replyBody,
        boolean truncated,
        boolean late,
        HttpReply.Timing timing) {

    public Attempt {
        keyIds = List.copyOf(keyIds);
        replyHeaders = Map.copyOf(replyHeaders);
    }

    /** This attempt, which changed nothing. */
    public Attempt asLate() {
        return with(replyHeaders, replyBody, true);
    }

    /** This attempt without the receiver's headers and body. */
    public Attempt withoutReply() {
        return with(Map.of(), new byte[0], late);
    }

    private Attempt with(Map<String, List<String>> headers, byte[] body, boolean tooLate) {
        return new Attempt(
                id,
                deliveryId,
                endpointId,
                number,
                startedAt,
                outcome,
                status,
                error,
                url,
                keyIds,
                remoteAddress,
                headers,
                body,
                truncated,
                tooLate,
                timing);
    }

    /** Shows no header and no byte of the reply. */
    @Override
    public String toString() {
        return "Attempt[" + id + " of " + deliveryId + ", number " + number + ", " + outcome
                + (status == null ? "" : " " + status) + (error == null ? "" : " " + error) + (late ? ", late" : "")
                + "]";
    }
}
