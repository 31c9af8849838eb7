package dev.matrix.refunds;

import dev.matrix.core.money.Money;
import dev.matrix.refunds.spi.DisputeFacts;
import dev.matrix.refunds.spi.DisputeLookup;
import dev.matrix.refunds.spi.DisputeProvider;
import dev.matrix.refunds.spi.DisputeResult;
import dev.matrix.refunds.spi.ProviderContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A bank's disputes; it shows what it was told, and loses the answer to the next answer where it is told to. Thread-safe. */
final class FakeDisputes implements DisputeProvider {

    private final Map<String, DisputeFacts> shown = new HashMap<>();
    private final List<String> answers = new ArrayList<>();
    private @Nullable DisputeResult scripted;
    private boolean loses;
    private boolean down;

    synchronized void show(DisputeFacts facts) {
        shown.put(facts.disputeRef(), facts);
    }

    /** What it shows of a dispute. */
    synchronized DisputeFacts shown(String disputeRef) {
        return Objects.requireNonNull(shown.get(disputeRef));
    }

    /** The next answer arrives, and its caller isn't told. */
    synchronized void loseNextReply() {
        loses = true;
    }

    synchronized void answerNext(DisputeResult result) {
        scripted = result;
    }

    synchronized void down(boolean unreachable) {
        down = unreachable;
    }

    synchronized List<String> answers() {
        return List.copyOf(answers);
    }

    @Override
    public synchronized DisputeLookup fetch(String disputeRef, ProviderContext context) {
        if (down) {
            return new DisputeLookup.Unavailable("The bank is down.");
        }
        DisputeFacts facts = shown.get(disputeRef);
        return facts == null ? new DisputeLookup.Absent() : new DisputeLookup.Found(facts);
    }

    private synchronized DisputeResult answered(String what, @Nullable DisputeFacts facts) {
        DisputeResult script = scripted;
        if (script != null) {
            scripted = null;
            return script;
        }
        answers.add(what);
        if (facts != null) {
            show(facts);
        }
        if (loses) {
            loses = false;
            throw new IllegalStateException("secret: the reply got lost");
        }
        return facts == null ? new DisputeResult.Pending() : new DisputeResult.Taken(facts);
    }

    private synchronized DisputeFacts of(DisputeCommand command) {
        DisputeFacts facts = shown.get(command.disputeRef());
        if (facts == null) {
            throw new IllegalStateException("No such dispute.");
        }
        return facts;
    }

    @Override
    public DisputeResult submitEvidence(DisputeCommand command, Evidence evidence, ProviderContext context) {
        DisputeFacts facts = of(command);
        return answered(
                "evidence " + evidence.texts().keySet() + " " + evidence.files().size(),
                facts.withStatus(facts.stage(), DisputeStatus.UNDER_REVIEW, "under_review")
                        .withResponse(facts.respondBy(), facts.actions(), true));
    }

    @Override
    public DisputeResult accept(DisputeCommand command, ProviderContext context) {
        DisputeFacts facts = of(command);
        return answered("accept", facts.withStatus(facts.stage(), DisputeStatus.ACCEPTED, "accepted"));
    }

    @Override
    public DisputeResult offer(DisputeCommand command, Money amount, ProviderContext context) {
        return answered("offer " + amount, null);
    }
}
