package dev.matrix.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.payload.EventTypes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDraftTest {

    private static final EventPayload PAYLOAD =
            EventTypes.INVOICE_CREATED.example().orElseThrow();

    @Test
    void aDraftHasWhatItsPublisherGaveItAndNoMore() {
        EventDraft draft = BillingEvent.of(PAYLOAD);
        assertThat(draft.id()).isNull();
        assertThat(draft.occurredAt()).isNull();
        assertThat(draft.key()).isNull();
        assertThat(draft.withId("own").withKey("k").at(Instant.EPOCH).visibleTo(Owner.partner("p")))
                .isEqualTo(new EventDraft(PAYLOAD, "own", Instant.EPOCH, List.of(Owner.partner("p")), "k"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.b",
                "a b",
                "a\r\nb",
                "ü",
                "x1234567890123456789012345678901234567890123456789012345678901234"
            })
    @Tag("E3")
    @Tag("C7")
    void anEventIdIsAWordOfAtMost64Characters(String id) {
        assertThatThrownBy(() -> BillingEvent.of(PAYLOAD).withId(id)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("E4")
    void aKeyHasOneTo255CharactersAndNoNul() {
        assertThat(BillingEvent.of(PAYLOAD).withKey("k".repeat(255)).key()).hasSize(255);
        assertThatThrownBy(() -> BillingEvent.of(PAYLOAD).withKey("k".repeat(256)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("256");
        assertThatThrownBy(() -> BillingEvent.of(PAYLOAD).withKey("")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> BillingEvent.of(PAYLOAD).withKey("a\0b")).isInstanceOf(InvalidRequestException.class);
    }
}
