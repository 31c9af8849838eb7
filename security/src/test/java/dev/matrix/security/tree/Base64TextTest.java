package dev.matrix.security.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {

    @Test
    void theOneFormOfSomeBytesIsRead() {
        assertThat(Base64Text.decode("Zm9vYg==")).asString().isEqualTo("foob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zm9vYg", "Zm9vYh==", "Zm9v_-==", "not Base64 at all"})
    void everyOtherFormIsRefusedWithItsBeginning(String text) {
        assertThatThrownBy(() -> Base64Text.decode(text))
                .isInstanceOf(TreeFormatException.class)
                .hasMessageContaining("Base64")
                .hasMessageEndingWith(text);
    }

    @Test
    void aLongTextIsShortenedInTheMessage() {
        assertThatThrownBy(() -> Base64Text.decode("!".repeat(1_000)))
                .isInstanceOf(TreeFormatException.class)
                .hasMessageEndingWith("!…");
    }
}
