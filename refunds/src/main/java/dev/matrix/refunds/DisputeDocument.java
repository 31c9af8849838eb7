package dev.matrix.refunds;

import dev.matrix.refunds.spi.DisputeFacts;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a dispute is stored as JSON.
 *
 * @param facts as last applied
 * @param counted the last status that was recognised: deadlines and money follow it
 * @param draft whether evidence is stored that was not submitted
 * @param submitted whether evidence was submitted at this stage
 * @param doubt an answer of which nobody knows whether it arrived
 * @param autoAccepted whether it was accepted without a person, or that was tried
 * @param reminded deadlines with lead times that were reminded of
 */
record DisputeDocument(
        DisputeFacts facts,
        DisputeStatus counted,
        @Nullable String captureId,
        boolean draft,
        boolean submitted,
        @Nullable DisputeAction doubt,
        boolean autoAccepted,
        List<String> reminded,
        Set<Attention> attention) {

    DisputeDocument withDraft(boolean saved) {
        return new DisputeDocument(
                facts, counted, captureId, saved, submitted, doubt, autoAccepted, reminded, attention);
    }

    DisputeDocument withDoubt(@Nullable DisputeAction action) {
        return new DisputeDocument(
                facts, counted, captureId, draft, submitted, action, autoAccepted, reminded, attention);
    }

    DisputeDocument submittedNow() {
        return new DisputeDocument(facts, counted, captureId, false, true, null, autoAccepted, reminded, attention);
    }

    DisputeDocument autoAccepted(boolean done) {
        return new DisputeDocument(facts, counted, captureId, draft, submitted, doubt, done, reminded, attention);
    }

    DisputeDocument reminded(List<String> of) {
        return new DisputeDocument(facts, counted, captureId, draft, submitted, doubt, autoAccepted, of, attention);
    }
}
