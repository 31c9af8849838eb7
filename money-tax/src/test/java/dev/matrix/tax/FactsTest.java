package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FactsTest {

    @Test
    @Tag("TD9")
    void allLinesOfADocumentAreJudgedByTheTurnoverThatWasReadFirst() {
        AtomicInteger reads = new AtomicInteger();
        Facts facts = new Facts(
                new RuleSet("v", Stream.of()),
                List.of(),
                List.of(),
                () -> {
                    reads.incrementAndGet();
                    return new Turnover(List.of(), Set.of(), null);
                },
                id -> new TaxIdProof.Standing(TaxIdProof.State.VALID, null),
                Instant.EPOCH);
        assertThat(reads).hasValue(0);

        assertThat(facts.turnover().get()).isSameAs(facts.turnover().get());
        assertThat(reads).hasValue(1);
    }
}
