package dev.matrix.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = NOW;
    private final Ids ids = Ids.of(() -> now, new Random(1));

    @Test
    void anIdIsItsPrefixAndTwentySixLowerCaseCharacters() {
        assertThat(ids.next("evt")).matches("evt_[0-9a-hjkmnp-tv-z]{26}");
    }

    @Test
    void idsRiseWithinAMillisecondAndWhenTheClockStepsBack() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            now = NOW.plusMillis(i % 7 - 3L);
            made.add(ids.next("x"));
        }
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void idsRiseOverTheEndOfTheRandomPart() {
        RandomGenerator allOnes = () -> -1L;
        Ids full = Ids.of(() -> NOW, allOnes);
        String last = full.next("x");
        assertThat(full.next("x")).isGreaterThan(last);
    }

    @Test
    void twoNodesAtOneInstantMakeDifferentIds() {
        Ids other = Ids.of(() -> NOW, new Random(2));
        var all = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            all.add(ids.next("x"));
            all.add(other.next("x"));
        }
        assertThat(all).hasSize(2_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no_word", "1st", "Evt", "evT", "e{", "ninechars", "\u00e4"})
    void aPrefixThatIsNoWordIsRefused(String prefix) {
        assertThatThrownBy(() -> ids.next(prefix))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'" + prefix + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z9", "eightchr"})
    void aPrefixIsALetterAndUpToSevenLettersOrDigits(String prefix) {
        assertThat(ids.next(prefix)).startsWith(prefix + "_");
    }
}
