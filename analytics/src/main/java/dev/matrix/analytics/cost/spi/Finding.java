package dev.matrix.analytics.cost.spi;

import dev.matrix.analytics.cost.Action;
import dev.matrix.analytics.cost.Confidence;
import dev.matrix.analytics.cost.Evidence;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.money.Money;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule proposes. What it saves is worked out by replaying the bill with the action applied.
 *
 * @param subject the subscription or machine that would change
 * @param claimed what it saves a month, for an action on what the replay doesn't know; null: the replay says
 * @param atMost the confidence that it has at most, whatever the span of the evidence
 * @param undoneBy what would undo the saving
 * @param paysFrom the first day on which it has paid for itself; null: at once
 */
public record Finding(
        String subject,
        Action action,
        @Nullable Money claimed,
        Confidence atMost,
        List<Evidence> evidence,
        List<String> undoneBy,
        @Nullable LocalDate paysFrom) {

    private static final int LONGEST_TEXT = 500;

    /** @throws InvalidRequestException for a text of more than 500 characters */
    public Finding {
        evidence = List.copyOf(evidence);
        undoneBy = List.copyOf(undoneBy);
        if (subject.length() > LONGEST_TEXT
                || undoneBy.stream().anyMatch(text -> text.length() > LONGEST_TEXT)
                || evidence.stream().anyMatch(each -> each.statement().length() > LONGEST_TEXT)) {
            throw new InvalidRequestException("The texts of a finding have at most " + LONGEST_TEXT + " characters.");
        }
    }

    /** A finding whose saving the replay says. */
    public static Finding of(String subject, Action action, Evidence... evidence) {
        return new Finding(subject, action, null, Confidence.HIGH, List.of(evidence), List.of(), null);
    }
}
