package dev.matrix.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.NotFoundException;
import dev.matrix.core.Owner;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is agreed: definitions, bindings, periods and service hours. */
class ContractTermsTest {

    private static SlaDefinition gold(String percent) {
        return SlaDefinition.builder("gold")
                .objective(new Objective.Uptime(new BigDecimal(percent), UptimeRule.standard()))
                .build();
    }

    @Test
    @Tag("S21")
    void aDefinitionHoldsFromTheNextPeriodOrFromAnInstant() {
        SlaNode node = SlaNode.at("2025-11-15T00:00:00Z");
        node.slas.define(gold("99"));
        node.slas.bind(SlaBinding.of(SlaNode.SUB, SlaNode.ADA, "gold", Instant.parse("2025-11-01T00:00:00Z")));

        assertThat(node.slas.define(gold("99.5")).version()).isEqualTo(2);
        assertThat(node.slas.define(gold("99.5")).version()).isEqualTo(2);
        assertThat(segments(node, "2025-11")).containsExactly("1 2025-11-01T00:00:00Z");
        assertThat(segments(node, "2025-12")).containsExactly("2 2025-12-01T00:00:00Z");

        Instant from = Instant.parse("2025-11-20T00:00:00Z");
        node.slas.defineFrom(gold("99.9"), from);
        assertThat(segments(node, "2025-11")).containsExactly("1 2025-11-01T00:00:00Z", "3 2025-11-20T00:00:00Z");
        assertThatThrownBy(() -> node.slas.defineFrom(gold("98"), Instant.parse("2025-11-14T00:00:00Z")))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(node.events("sla.definition_changed")).hasSize(3);
    }

    private static List<String> segments(SlaNode node, String period) {
        return node.slas.report(SlaNode.SUB, SlaPeriod.parse(period)).segments().stream()
                .map(each -> each.definitionVersion() + " " + each.from())
                .toList();
    }

    @Test
    @Tag("C66")
    void bindingsOfASubscriptionDoNotOverlapAndKeepTheirOwner() {
        SlaNode node = SlaNode.at("2025-11-15T00:00:00Z");
        SlaBinding pro = node.bind("pro");

        assertThatThrownBy(() -> node.slas.bind(pro)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> node.slas.bind(
                        SlaBinding.of(SlaNode.SUB, Owner.user("bob"), "pro", Instant.parse("2025-01-01T00:00:00Z"))))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> node.slas.bind(SlaBinding.of("sub_9", SlaNode.ADA, "platinum", node.now())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("tier platinum");
        assertThatThrownBy(() -> node.slas.change("sub_9", "pro", node.now())).isInstanceOf(NotFoundException.class);
    }

    @Test
    @Tag("S20")
    void anniversariesAreClippedToTheMonthsEnd() {
        PeriodKind last = PeriodKind.anniversaryMonth(31);

        assertThat(last.firstDayAt(LocalDate.parse("2025-02-27"))).hasToString("2025-01-31");
        assertThat(last.firstDayAt(LocalDate.parse("2025-02-28"))).hasToString("2025-02-28");
        assertThat(last.next(LocalDate.parse("2025-02-28"))).hasToString("2025-03-31");
        assertThat(SlaPeriod.parse("2025-11-16")).hasToString("2025-11-16");
        assertThatThrownBy(() -> SlaPeriod.parse("November")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("S56")
    void serviceHoursAreLocalAlsoWhenTheClockChanges() {
        ServiceHours night =
                new ServiceHours(List.of(new ServiceHours.Span(EnumSet.allOf(DayOfWeek.class), "22:00", "04:00")));
        ServiceHours office =
                new ServiceHours(List.of(new ServiceHours.Span(Set.of(DayOfWeek.MONDAY), "09:00", "17:00")));

        assertThat(minutes(night, "2025-10-25T12:00:00Z")).isEqualTo(7 * 60);
        assertThat(minutes(night, "2025-03-29T12:00:00Z")).isEqualTo(5 * 60);
        assertThat(minutes(office, "2025-11-02T23:00:00Z")).isEqualTo(8 * 60);
        assertThat(minutes(office, "2025-11-03T23:00:00Z")).isZero();
        assertThatThrownBy(() -> new ServiceHours.Span(Set.of(DayOfWeek.MONDAY), "9", "17:00"))
                .isInstanceOf(InvalidRequestException.class);
    }

    /** Of the 24 hours from an instant in Berlin. */
    private static long minutes(ServiceHours hours, String from) {
        Instant start = Instant.parse(from);
        long found = 0;
        for (int minute = 0; minute < 1_440; minute++) {
            found += hours.contains(start.plusSeconds(60L * minute).atZone(ZoneId.of("Europe/Berlin"))) ? 1 : 0;
        }
        return found;
    }

    @Test
    @Tag("S55")
    void packedCountsComeBackAndAnUnknownFormatIsRefused() {
        HourCounts hour = new HourCounts();
        hour.add(0, Month.counts(1_000_000_000_000L, 7));
        hour.add(3, MinuteCounts.IDLE);
        HourCounts more = HourCounts.idle(0b101);
        more.addAll(hour);
        byte[] bytes = Packed.hour(more);

        HourCounts read = Packed.hour(bytes);
        assertThat(read.at(0)).isEqualTo(Month.counts(1_000_000_000_000L, 7));
        assertThat(read.observed()).isEqualTo(0b1101);
        bytes[0] = 9;
        assertThatThrownBy(() -> Packed.hour(bytes)).hasMessageContaining("update this node");
    }
}
