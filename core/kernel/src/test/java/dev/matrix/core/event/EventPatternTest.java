package dev.matrix.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.UsageRecorded;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W2")
class EventPatternTest {

    @ParameterizedTest
    @CsvSource({
        "invoice.paid, invoice.paid, true",
        "invoice.paid, invoice.failed, false",
        "invoice.*, invoice.paid, true",
        "invoice.*, invoicex.paid, false",
        "invoice.*, invoice.line.added, true",
        "invoice.line.*, invoice.line.added, true",
        "invoice.line.*, invoice.paid, false",
        "*, invoice.paid, true"
    })
    void matchesAnExactNameAFamilyOrAll(String pattern, String type, boolean expected) {
        assertThat(new EventPattern(pattern).matches(EventType.of(type, UsageRecorded.class)))
                .isEqualTo(expected);
    }

    @Test
    @Tag("C29")
    void explicitOnlyTypesNeedTheirNameOrFamily() {
        assertThat(new EventPattern("*").matches(EventTypes.USAGE_RECORDED)).isFalse();
        assertThat(new EventPattern("*").matches(EventTypes.USAGE_THRESHOLD_REACHED))
                .isTrue();
        assertThat(new EventPattern("usage.*").matches(EventTypes.USAGE_RECORDED))
                .isTrue();
        assertThat(new EventPattern("usage.recorded").matches(EventTypes.USAGE_RECORDED))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "invoice",
                "invoice.",
                ".paid",
                "invoice.**",
                "*.paid",
                "in*.paid",
                "Invoice.paid",
                "a..b",
                "* "
            })
    void refusesAnyOtherForm(String text) {
        assertThatThrownBy(() -> new EventPattern(text)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void refusesMoreThan128Characters() {
        String longest = "a".repeat(126) + ".*";
        assertThat(new EventPattern(longest)).hasToString(longest);
        assertThatThrownBy(() -> new EventPattern("a" + longest)).isInstanceOf(InvalidRequestException.class);
    }
}
