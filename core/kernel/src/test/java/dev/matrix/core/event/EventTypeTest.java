package dev.matrix.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.UsageRecorded;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeTest {

    @Test
    void startsAtVersion1WithoutExampleMatchedByAll() {
        EventType type = EventType.of("acme.done", UsageRecorded.class);

        assertThat(type.version()).isEqualTo(1);
        assertThat(type.isExplicitOnly()).isFalse();
        assertThat(type.example()).isEmpty();
        assertThat(type).hasToString("acme.done");
    }

    @Test
    void withersKeepWhatTheyDoNotChange() {
        EventPayload example = EventTypes.USAGE_RECORDED.example().orElseThrow();
        EventType type = EventType.of("acme.done", UsageRecorded.class)
                .explicitOnly()
                .example(() -> example)
                .version(3);

        assertThat(type.version()).isEqualTo(3);
        assertThat(type.isExplicitOnly()).isTrue();
        assertThat(type.payload()).isEqualTo(UsageRecorded.class);
        assertThat(type.example()).contains(example);
        assertThatThrownBy(() -> type.version(0)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void isEqualByName() {
        EventType type = EventType.of("acme.done", UsageRecorded.class);

        assertThat(type).isEqualTo(type.version(2)).hasSameHashCodeAs(type.version(2));
        assertThat(type).isNotEqualTo(EventType.of("acme.begun", UsageRecorded.class));
    }

    @ParameterizedTest
    @Tag("E3")
    @ValueSource(
            strings = {"acme", "acme.", ".done", "Acme.done", "acme..done", "acme.done!", "acme.*", "", "acme done.x"})
    void refusesMalformedNames(String name) {
        assertThatThrownBy(() -> EventType.of(name, UsageRecorded.class)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("E3")
    void namesHaveAtMost128Characters() {
        String longest = "a." + "b".repeat(126);

        assertThat(EventType.of(longest, UsageRecorded.class).name()).isEqualTo(longest);
        assertThatThrownBy(() -> EventType.of(longest + "b", UsageRecorded.class))
                .isInstanceOf(InvalidRequestException.class);
    }
}
