package dev.matrix.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.ConflictException;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.UsageRecorded;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EventCatalogTest {

    private static final EventType DONE = EventType.of("acme.done", UsageRecorded.class);

    @Test
    void holdsEveryConstantOnceUnderItsName() throws IllegalAccessException {
        List<EventType> constants = new ArrayList<>();
        for (Field field : EventTypes.class.getFields()) {
            EventType type = (EventType) field.get(null);
            assertThat(field.getName()).isEqualToIgnoringCase(type.name().replace('.', '_'));
            constants.add(type);
        }

        assertThat(EventTypes.catalog().all()).containsExactlyInAnyOrderElementsOf(constants);
    }

    @Test
    void keepsTheOrderOfTheAnnexAndItsStars() {
        List<EventType> all = EventTypes.catalog().all();

        assertThat(all)
                .hasSize(75)
                .startsWith(EventTypes.SUBSCRIPTION_CREATED)
                .endsWith(EventTypes.ENDPOINT_DELIVERY_EXHAUSTED);
        assertThat(all.stream().filter(EventType::isExplicitOnly))
                .hasSize(11)
                .contains(EventTypes.USAGE_RECORDED, EventTypes.INSTANCE_METRICS_RECORDED)
                .allMatch(type -> type.name().matches("(usage|instance|endpoint)\\..*"));
    }

    @Test
    @Tag("E14")
    void takesAHostsOwnTypesBehindTheStandardOnes() {
        EventCatalog catalog = EventTypes.catalog().with(DONE);

        assertThat(catalog.get("acme.done")).isSameAs(DONE);
        assertThat(catalog.all()).endsWith(DONE);
        assertThat(EventTypes.catalog().find("acme.done")).isEmpty();
    }

    @Test
    void refusesATakenName() {
        EventType taken = EventType.of("invoice.paid", UsageRecorded.class);

        assertThatThrownBy(() -> EventTypes.catalog().with(taken))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("invoice.paid");
    }

    @Test
    void refusesUnknownTypesAndPatternsThatMatchNone() {
        EventCatalog catalog = EventTypes.catalog();

        assertThatThrownBy(() -> catalog.get("acme.done"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("acme.done");
        assertThatThrownBy(() -> catalog.check(new EventPattern("acme.*"))).isInstanceOf(InvalidRequestException.class);
        assertThatCode(() -> catalog.with(DONE).check(new EventPattern("acme.*")))
                .doesNotThrowAnyException();
    }

    @Test
    @Tag("W2")
    void listsWhatAPatternMatches() {
        EventCatalog catalog = EventTypes.catalog();

        assertThat(catalog.matching(new EventPattern("invoice.*")))
                .containsExactly(EventTypes.INVOICE_CREATED, EventTypes.INVOICE_PAID, EventTypes.INVOICE_FAILED);
        assertThat(catalog.matching(new EventPattern("*"))).hasSize(64).noneMatch(EventType::isExplicitOnly);
    }
}
