package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be analysed. Starts as {@link #of} and is narrowed by the withers.
 *
 * @param owner whose costs
 * @param window which time; null, the default: the last 124 days, which always hold three whole billing months. At most 400 days
 * @param types which advice; all by default
 * @param profile {@link Profile#STANDARD} by default
 * @param currency whose bill is meant; null, the default: the only one
 */
public record CostQuery(
        Owner owner,
        @Nullable Window window,
        Set<RecommendationType> types,
        Profile profile,
        @Nullable Currency currency) {

    private static final Duration LONGEST = Duration.ofDays(400);

    /** @throws InvalidRequestException for no type, or a window of more than 400 days */
    public CostQuery {
        types = Set.copyOf(types);
        if (types.isEmpty()) {
            throw new InvalidRequestException("An analysis looks for at least one type of advice.");
        }
        if (window != null && Duration.between(window.from(), window.to()).compareTo(LONGEST) > 0) {
            throw new InvalidRequestException("An analysis looks at 400 days at most; choose a shorter window.");
        }
    }

    /** All advice on an owner's costs of the last 124 days. */
    public static CostQuery of(Owner owner) {
        return new CostQuery(owner, null, Set.of(RecommendationType.values()), Profile.STANDARD, null);
    }

    /** This query over another time. */
    public CostQuery in(Window other) {
        return new CostQuery(owner, other, types, profile, currency);
    }

    /** This query for these types alone. */
    public CostQuery only(RecommendationType... some) {
        return new CostQuery(owner, window, Set.of(some), profile, currency);
    }

    /** This query with another profile. */
    public CostQuery as(Profile other) {
        return new CostQuery(owner, window, types, other, currency);
    }

    /** This query about the bill of one currency. */
    public CostQuery of(Currency bill) {
        return new CostQuery(owner, window, types, profile, bill);
    }
}
