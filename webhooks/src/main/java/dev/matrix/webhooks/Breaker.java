package dev.matrix.webhooks;

import dev.matrix.core.spi.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Spares an endpoint that is down. Closed, it lets every request pass; open, none; when its time has come, one: the
 * probe, whose result closes it or keeps it open for twice as long. Not thread-safe: its endpoint's holder alone uses it.
 */
final class Breaker {

    /** What a result changed. */
    enum Change {
        NONE,
        /** It was closed and opened. A failed probe keeps it open, which is no change. */
        OPENED,
        /** The first success since it opened. A probe that is refused closes it too, but shows only that somebody answers. */
        RECOVERED
    }

    /** Leave to send one request, and the mark by which its result is known. */
    record Pass(int epoch) {}

    private static final int FAILURES_IN_A_ROW = 10;
    private static final int FEWEST_RESULTS = 10;
    private static final double FAILED_SHARE = 0.7;
    private static final Backoff PAUSES =
            Backoff.doubling(Duration.ofSeconds(30), Duration.ofMinutes(10)).withJitter(0.2);
    private static final int MOST_OPENINGS = 999;
    private static final Pattern CLOSED = Pattern.compile("(closed|unproven);([0-9]);(" + RecentResults.FORM + ")");
    private static final Pattern OPEN = Pattern.compile("open;([0-9]{1,3});([0-9]{1,15})");

    private RecentResults recent = new RecentResults();
    private int failuresInARow;

    /** How often in a row it has opened. */
    private int openings;

    private @Nullable Instant openUntil;
    private boolean probing;

    /** Whether nothing has succeeded since it opened. */
    private boolean unproven;

    /** Raised by each change of state, so that a result from before is told from the probe's. */
    private int epoch;

    /** A breaker as its endpoint's former holder left it; closed where the text is empty, or of an unknown form. */
    static Breaker decode(String text) {
        Breaker breaker = new Breaker();
        Matcher closed = CLOSED.matcher(text);
        Matcher open = OPEN.matcher(text);
        if (closed.matches()) {
            breaker.unproven = closed.group(1).equals("unproven");
            breaker.failuresInARow = Integer.parseInt(closed.group(2));
            breaker.recent = RecentResults.decode(closed.group(3));
        } else if (open.matches()) {
            breaker.unproven = true;
            breaker.openings = Integer.parseInt(open.group(1));
            breaker.openUntil = Instant.ofEpochMilli(Long.parseLong(open.group(2)));
        }
        return breaker;
    }

    /**
     * What the next holder needs, in at most 255 characters; empty where nothing has failed of late. A probe under way is
     * left out: the next holder sends its own.
     */
    String encode() {
        if (openUntil != null) {
            return "open;" + openings + ";" + openUntil.toEpochMilli();
        }
        boolean good = !unproven && failuresInARow == 0 && recent.failures() == 0;
        return good ? "" : (unproven ? "unproven;" : "closed;") + failuresInARow + ";" + recent.encode();
    }

    /** Until when nothing may be sent; null while closed. In the past: a probe is due or under way. */
    @Nullable
    Instant openUntil() {
        return openUntil;
    }

    /** Whether a request may begin. */
    boolean admits(Instant now) {
        return openUntil == null || (!probing && !now.isBefore(openUntil));
    }

    /** Begins a request. While open this is the probe: nothing else passes until {@link #note} or {@link #giveBack}. */
    Pass enter(Instant now) {
        if (!admits(now)) {
            throw new IllegalStateException("The breaker is open until " + openUntil + "; ask admits() first.");
        }
        if (openUntil != null) {
            probing = true;
            epoch++;
        }
        return new Pass(epoch);
    }

    /** Makes the next probe due now, if it is open. */
    void probeNow(Instant now) {
        if (openUntil != null && openUntil.isAfter(now)) {
            openUntil = now.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** Ends a request that was not sent after all. */
    void giveBack(Pass pass) {
        if (probing && pass.epoch == epoch) {
            probing = false;
            epoch++;
        }
    }

    /** Takes a request's result. One that began before the last change of state tells nothing new, and is passed over. */
    Change note(Pass pass, Verdict verdict, Instant now, RandomGenerator random) {
        if (pass.epoch != epoch) {
            return Change.NONE;
        }
        boolean failed = verdict.isOutage();
        if (probing) {
            return failed ? open(Change.NONE, now, random) : close(verdict);
        }
        recent.add(failed, now);
        failuresInARow = failed ? failuresInARow + 1 : 0;
        boolean mostFailed = recent.all() >= FEWEST_RESULTS && recent.failures() >= FAILED_SHARE * recent.all();
        return failuresInARow >= FAILURES_IN_A_ROW || mostFailed ? open(Change.OPENED, now, random) : proved(verdict);
    }

    private Change proved(Verdict verdict) {
        if (!unproven || !verdict.isSuccess()) {
            return Change.NONE;
        }
        unproven = false;
        return Change.RECOVERED;
    }

    private Change open(Change change, Instant now, RandomGenerator random) {
        openings = Math.min(openings + 1, MOST_OPENINGS);
        unproven = true;
        openUntil = now.plus(PAUSES.after(openings, random)).truncatedTo(ChronoUnit.MILLIS);
        probing = false;
        epoch++;
        return change;
    }

    private Change close(Verdict verdict) {
        recent = new RecentResults();
        failuresInARow = 0;
        openings = 0;
        openUntil = null;
        probing = false;
        epoch++;
        return proved(verdict);
    }
}
