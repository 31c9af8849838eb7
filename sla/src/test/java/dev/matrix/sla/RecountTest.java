package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.event.payload.SlaObjective;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Seeded profiles of outages, errors, gaps and exclusions, against a recount by plain loops over arrays. */
class RecountTest {

    private static final long START = Counting.minute(Instant.parse("2025-11-03T00:00:00Z"));
    private static final int MINUTES = 4 * 1_440;

    @Test
    @Tag("C48")
    void aHundredProfilesEqualTheirRecount() {
        for (long seed = 1; seed <= 100; seed++) {
            new Profile(seed).check();
        }
    }

    @Test
    @Tag("C48")
    @Tag("long")
    void tenThousandProfilesEqualTheirRecount() {
        for (long seed = 1; seed <= 10_000; seed++) {
            new Profile(seed).check();
        }
    }

    /** One profile: what several sources counted in each minute, in an order of its own. */
    private static final class Profile {

        private final long seed;
        private final Random random;
        private final boolean[] observed = new boolean[MINUTES];
        private final long[] valid = new long[MINUTES];
        private final long[] bad = new long[MINUTES];
        private final boolean[] excluded = new boolean[MINUTES];
        private final Map<Long, HourCounts> hours = new HashMap<>();
        private final List<Exclusion> exclusions = new ArrayList<>();

        Profile(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            List<Runnable> parts = new ArrayList<>();
            int outages = random.nextInt(6);
            boolean[] down = new boolean[MINUTES];
            for (int i = 0; i < outages; i++) {
                mark(down, 1 + random.nextInt(90));
            }
            boolean[] gap = new boolean[MINUTES];
            for (int i = random.nextInt(3); i > 0; i--) {
                mark(gap, 1 + random.nextInt(300));
            }
            for (int minute = 0; minute < MINUTES; minute++) {
                if (!gap[minute]) {
                    for (int source = random.nextInt(3); source >= 0; source--) {
                        int requests = random.nextInt(60);
                        int failed =
                                down[minute] ? requests : random.nextInt(50) == 0 ? random.nextInt(requests + 1) : 0;
                        int at = minute;
                        observed[at] = true;
                        valid[at] += requests;
                        bad[at] += failed;
                        parts.add(() -> add(at, requests, failed));
                    }
                }
            }
            Collections.shuffle(parts, random);
            parts.forEach(Runnable::run);
            exclude();
        }

        private void mark(boolean[] minutes, int length) {
            int from = random.nextInt(MINUTES);
            for (int i = from; i < Math.min(MINUTES, from + length); i++) {
                minutes[i] = true;
            }
        }

        private void add(int minute, long requests, long failed) {
            hours.computeIfAbsent(Math.floorDiv(START + minute, 60L), any -> new HourCounts())
                    .add(Math.floorMod(START + minute, 60), Month.counts(requests, failed));
        }

        private void exclude() {
            for (int i = random.nextInt(3); i > 0; i--) {
                int from = random.nextInt(MINUTES - 200);
                int to = from + 1 + random.nextInt(199);
                for (int minute = from; minute < to; minute++) {
                    excluded[minute] = true;
                }
                exclusions.add(Exclusion.correction(
                                ExclusionScope.everyone(),
                                Periods.instant(START + from),
                                Periods.instant(START + to),
                                "tests",
                                "ops",
                                Instant.EPOCH)
                        .withId("exc_" + i));
            }
        }

        void check() {
            SlaDefinition definition = SlaDefinition.enterprise().withVersion(1);
            Timeline timeline = Timeline.of(
                    List.of(Month.binding("2025-11-03T00:00:00Z")),
                    Map.of("enterprise", List.of(new Versioned(definition, null, Instant.EPOCH))),
                    exclusions,
                    Map.of());
            JudgedSpan judged = new JudgedSpan(timeline, hours, START + MINUTES);
            for (int i = 0; i < 3; i++) {
                int from = random.nextInt(MINUTES);
                int to = from + random.nextInt(MINUTES - from) + 1;
                sums(judged.sums(START + from, START + to), from, to);
            }
            int now = MINUTES - random.nextInt(1_000);
            judged.measuredTo(START + now);
            alerts(timeline, definition, judged, now);
        }

        private boolean isDown(int minute) {
            return valid[minute] >= 20 && bad[minute] * 10 > valid[minute];
        }

        private boolean isUp(int minute) {
            return valid[minute] >= 20 && bad[minute] * 10 <= valid[minute];
        }

        private void sums(Sums sums, int from, int to) {
            long[] naive = new long[6];
            for (int minute = from; minute < to; minute++) {
                if (excluded[minute]) {
                    naive[0]++;
                } else if (!observed[minute]) {
                    naive[1]++;
                } else {
                    naive[2] += isUp(minute) ? 1 : 0;
                    naive[3] += isDown(minute) ? 1 : 0;
                    naive[4] += valid[minute];
                    naive[5] += bad[minute];
                }
            }
            assertThat(new long[] {sums.excluded, sums.gap, sums.up, sums.down, sums.valid, sums.bad})
                    .as("sums of %s from %s to %s", seed, from, to)
                    .containsExactly(naive);
        }

        /** Which rules fire on uptime and errors, by integers: bad × 100 000 above total × burn. */
        private void alerts(Timeline timeline, SlaDefinition definition, JudgedSpan judged, int now) {
            Segment segment = timeline.segments().get(0);
            for (SlaObjective kind : List.of(SlaObjective.UPTIME, SlaObjective.ERROR_RATE)) {
                TreeSet<String> naive = new TreeSet<>();
                for (BurnRule rule : definition.alerts().rules()) {
                    if (fires(rule, kind, now)) {
                        naive.add(rule.name());
                    }
                }
                TreeSet<String> found = new TreeSet<>();
                AlertRules.next(segment, definition.objective(kind).orElseThrow(), judged, null, "alr")
                        .ifPresent(alert -> alert.rules().forEach(state -> found.add(state.name())));
                assertThat(found)
                        .as("alerts of %s on %s at %s", seed, kind, now)
                        .isEqualTo(naive);
            }
        }

        private boolean fires(BurnRule rule, SlaObjective kind, int now) {
            int longest = (int) rule.longWindow().toMinutes();
            return burns(rule, kind, now, (int) rule.shortWindow().toMinutes())
                    && burns(rule, kind, now, longest)
                    && (kind == SlaObjective.UPTIME || requests(now, longest) >= 100);
        }

        private long requests(int now, int length) {
            long sum = 0;
            for (int minute = Math.max(0, now - length); minute < now; minute++) {
                sum += excluded[minute] ? 0 : valid[minute];
            }
            return sum;
        }

        private boolean burns(BurnRule rule, SlaObjective kind, int now, int length) {
            long failed = 0;
            long total = 0;
            long seen = 0;
            long expected = 0;
            for (int minute = Math.max(0, now - length); minute < now; minute++) {
                if (!excluded[minute]) {
                    expected++;
                    seen += observed[minute] ? 1 : 0;
                    boolean uptime = kind == SlaObjective.UPTIME;
                    failed += uptime ? isDown(minute) ? 1 : 0 : bad[minute];
                    total += uptime ? isDown(minute) || isUp(minute) ? 1 : 0 : valid[minute];
                }
            }
            if (kind == SlaObjective.UPTIME && total > 0) {
                total += Math.max(0, length - now);
            }
            return seen * 100 >= expected * 90
                    && BigDecimal.valueOf(failed * 1_000).compareTo(rule.burn().multiply(BigDecimal.valueOf(total)))
                            > 0;
        }
    }
}
