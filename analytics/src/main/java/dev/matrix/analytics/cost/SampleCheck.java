package dev.matrix.analytics.cost;

import dev.matrix.core.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;

/** When samples may come. */
final class SampleCheck {

    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration HOURLY_KEPT = Duration.ofDays(93);
    private static final Duration FINER_KEPT = Duration.ofDays(13);

    private SampleCheck() {}

    /** @throws InvalidRequestException for a sample that is ahead or older than samples of its length are kept */
    static ResourceSample check(ResourceSample sample, Instant now) {
        boolean hourly = sample.length().equals(Duration.ofHours(1));
        Instant oldest = now.minus(hourly ? HOURLY_KEPT : FINER_KEPT);
        if (sample.to().isAfter(now.plus(AHEAD)) || sample.from().isBefore(oldest)) {
            throw new InvalidRequestException("A sample is at most 5 minutes ahead and "
                    + (hourly ? "93 days" : "13 days, if shorter than an hour,") + " old; one from " + sample.from()
                    + " isn't.");
        }
        return sample;
    }
}
