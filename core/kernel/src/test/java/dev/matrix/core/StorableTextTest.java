package dev.matrix.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.event.BillingEvent;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.EventQuery;
import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Lease;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that a database would change or refuse don't enter. */
class StorableTextTest {

    static String[] unstorable() {
        return new String[] {"a\0b", "cust\uD83D", "\uDCA5cust", "\uD83D\uD83D\uDCA5", "\uDCA5\uD83D"};
    }

    @ParameterizedTest
    @MethodSource("unstorable")
    @Tag("E4")
    void isRefusedWhereverItEnters(String text) {
        EventDraft draft = BillingEvent.of(EventTypes.INVOICE_CREATED.example().orElseThrow());
        assertThat(StorableText.isStorable(text)).isFalse();
        assertRefused(() -> StorableText.require(text, "A text"));
        assertRefused(() -> Owner.user(text));
        assertRefused(() -> draft.withKey(text));
        assertRefused(() -> EventQuery.all().ofTypes(text));
        assertRefused(() -> PageRequest.after(text, 10));
        assertRefused(() -> new KeyUse("notes", Owner.platform(), text));
        assertRefused(() -> new Lease(text, "n1", 1, Instant.EPOCH));
        assertRefused(() -> new Lease("job", text, 1, Instant.EPOCH));
    }

    private static void assertRefused(Runnable entry) {
        assertThatThrownBy(entry::run).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Zoë 💶", "💶", "\u2028 and \uFFFF"})
    void wholeTextPassesUnchanged(String text) {
        assertThat(StorableText.require(text, "A text")).isSameAs(text);
        assertThat(StorableText.mended(text)).isSameAs(text);
    }

    @Test
    void mendingReplacesEachCharacterThatCannotBeStored() {
        assertThat(StorableText.mended("a\0💶\uD83D.\uDCA5")).isEqualTo("a\uFFFD💶\uFFFD.\uFFFD");
    }

    @Test
    void shorteningLeavesNoHalfOfACharacter() {
        assertThat(StorableText.shortened("ab💶", 4)).isEqualTo("ab💶");
        assertThat(StorableText.shortened("ab💶c", 3)).isEqualTo("ab");
        assertThat(StorableText.shortened("ab💶c", 4)).isEqualTo("ab💶");
        assertThat(StorableText.shortened("💶", 0)).isEmpty();
    }
}
