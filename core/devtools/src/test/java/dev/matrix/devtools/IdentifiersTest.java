package dev.matrix.devtools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D3")
class IdentifiersTest {

    @Test
    void aReservedNameGetsATrailingUnderscoreAndATakenOneToo() {
        Identifiers names = new Identifiers(Identifiers.PYTHON_WORDS);
        assertThat(names.take("class")).isEqualTo("class_");
        assertThat(names.take("x_y")).isEqualTo("x_y");
        assertThat(names.take("x_y")).isEqualTo("x_y_");
    }
}
