package dev.matrix.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W33")
class RetryAfterTest {

    /** 37 s before the example date of RFC 9110, section 5.6.7. */
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

    private static @Nullable Duration parse(@Nullable String header, Instant now) {
        return RetryAfter.parse(header, now, Duration.ZERO, Duration.ofDays(365));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "120, 120",
        "' 120 ', 120",
        "120.5, 121",
        "120.0, 120",
        "0.001, 1",
        "007, 7",
        "31536001, 31536000",
        "99999999999999999999, 31536000"
    })
    void secondsAreRoundedUp(String header, long seconds) {
        assertThat(parse(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void allThreeFormsOfAnHttpDateAreRead(String header) {
        assertThat(parse(header, NOW)).isEqualTo(Duration.ofSeconds(37));
        assertThat(parse(header, NOW.plusSeconds(37))).isEqualTo(Duration.ZERO);
        assertThat(parse(header, NOW.plusSeconds(38))).isNull();
    }

    @Test
    void aYearOfTwoDigitsIsTheNearerCentury() {
        Instant newYear = Instant.parse("1999-12-31T23:59:50Z");

        assertThat(parse("Saturday, 01-Jan-00 00:00:00 GMT", newYear)).isEqualTo(Duration.ofSeconds(10));
        assertThat(parse("Friday, 31-Dec-99 23:59:49 GMT", newYear)).isNull();
    }

    @Test
    void aDateFarAheadIsAYear() {
        assertThat(parse("Fri, 31 Dec 9999 23:59:59 GMT", NOW)).isEqualTo(Duration.ofDays(365));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-5",
                "+5",
                "5.",
                ".5",
                "5s",
                "1e3",
                "5, 6",
                "soon",
                "٥",
                "999999999999999999999",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 31 Feb 2094 08:49:37 GMT",
                "1994-11-06T08:49:37Z",
                "Sat, 05 Nov 1994 08:49:37 GMT"
            })
    void whatIsNegativePastOrUnreadableIsAbsent(String header) {
        assertThat(parse(header, NOW)).isNull();
    }

    @Test
    void aMissingHeaderIsAbsent() {
        assertThat(parse(null, NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "29", "Sun, 06 Nov 1994 08:49:00 GMT", "Sunday, 06-Nov-94 08:49:29 GMT"})
    void aFarSideThatAsksForNoWaitIsAskedAgainAfterTheLeast(String header) {
        assertThat(RetryAfter.parse(header, NOW, Duration.ofSeconds(30), Duration.ofDays(1)))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"86401", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void aFarSideThatAsksForTooLongIsAskedAgainAfterTheMost(String header) {
        assertThat(RetryAfter.parse(header, NOW, Duration.ofSeconds(30), Duration.ofDays(1)))
                .isEqualTo(Duration.ofDays(1));
    }
}
