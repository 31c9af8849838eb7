package dev.matrix.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Owners and pages. */
class ValuesTest {

    @Test
    void thePlatformIsAReservedPartner() {
        assertThat(Owner.platform()).isEqualTo(Owner.partner("platform")).hasToString("partner:platform");
        assertThat(Owner.user("platform")).isNotEqualTo(Owner.platform());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "u_1\u2028", "\u2029u_1"})
    void anOwnersIdIsTextWithoutControlCharacters(String id) {
        assertThatThrownBy(() -> Owner.user(id)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void anOwnersIdHasAtMost128Characters() {
        assertThat(Owner.user("x".repeat(128)).id()).hasSize(128);
        assertThatThrownBy(() -> Owner.user("x".repeat(129)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("129");
    }

    @Test
    void ownersSortByKindAndThenId() {
        assertThat(List.of(Owner.user("b"), Owner.partner("a"), Owner.user("a")).stream()
                        .sorted())
                .containsExactly(Owner.user("a"), Owner.user("b"), Owner.partner("a"));
    }

    @Test
    void aPageEndsWhereNothingFollows() {
        PageRequest two = PageRequest.first(2);
        assertThat(Page.of(List.of("a", "b"), two, Function.identity()).nextCursor())
                .isNull();
        Page<String> cut = Page.of(List.of("a", "b", "c"), two, Function.identity());
        assertThat(cut.items()).containsExactly("a", "b");
        assertThat(cut.nextCursor()).isEqualTo("b");
        assertThat(cut.map(String::length)).isEqualTo(new Page<>(List.of(1, 1), "b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void aPagesLimitIsOneToAThousand(int limit) {
        assertThatThrownBy(() -> PageRequest.after("a", limit))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(String.valueOf(limit));
    }

    @Test
    void exceptionsKeepTheirCause() {
        Exception cause = new Exception("why");
        assertThat(List.of(
                        new InvalidRequestException("m", cause),
                        new NotFoundException("m", cause),
                        new ConflictException("m", cause),
                        new ProviderException("m", cause),
                        new StorageException("m", cause)))
                .allSatisfy(
                        e -> assertThat(e).isInstanceOf(MatrixException.class).hasCause(cause));
        assertThat(new ProviderException("m")).hasMessage("m").hasNoCause();
        assertThat(new StorageException("m")).hasMessage("m").hasNoCause();
    }
}
