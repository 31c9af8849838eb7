package dev.matrix.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LateCommitsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Row(Instant written, Instant committed) {}

    @Test
    void aRowIsFoundHoweverLateItCommitsUpToADay() {
        SplittableRandom random = new SplittableRandom(7);
        List<Row> unseen = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Instant written = START.plusSeconds(random.nextInt(40_000));
            long lasts = (long) Math.pow(86_000, random.nextDouble());
            unseen.add(new Row(written, written.plusSeconds(lasts)));
        }
        LateCommits reads = LateCommits.readAllAt(START);
        for (Instant now = START; now.isBefore(START.plus(Duration.ofHours(40))); now = now.plusSeconds(10)) {
            Instant at = now;
            Instant since = reads.since(now);
            unseen.removeIf(row -> {
                boolean found = !row.committed().isAfter(at) && !row.written().isBefore(since);
                if (found) {
                    assertThat(Duration.between(row.committed(), at)).isLessThanOrEqualTo(patience(row));
                }
                return found;
            });
            reads = reads.readAt(now);
        }
        assertThat(unseen).isEmpty();
    }

    private static Duration patience(Row row) {
        Duration lasted = Duration.between(row.written(), row.committed());
        if (lasted.compareTo(Duration.ofMinutes(1)) < 0) {
            return Duration.ofSeconds(10);
        }
        return lasted.compareTo(Duration.ofHours(1)) < 0 ? Duration.ofSeconds(70) : Duration.ofSeconds(3_610);
    }

    @Test
    void mostReadsGoBackAMinute() {
        LateCommits reads = LateCommits.readAllAt(START).readAt(START.plusSeconds(10));

        assertThat(reads.since(START.plusSeconds(20)))
                .isEqualTo(START.plusSeconds(10).minusSeconds(60));
    }
}
