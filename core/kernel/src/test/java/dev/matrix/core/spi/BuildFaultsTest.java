package dev.matrix.core.spi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import org.junit.jupiter.api.Test;

class BuildFaultsTest {

    private final BuildFaults faults = new BuildFaults("Things");

    @Test
    void nothingIsRaisedWhereAllIsMet() {
        assertThatCode(() -> faults.wiring(true, "a")
                        .value(true, "b")
                        .check(() -> {})
                        .raise())
                .doesNotThrowAnyException();
    }

    @Test
    void faultsOfValuesAreRaisedTogether() {
        assertThatThrownBy(() -> faults.value(false, "a is wrong.")
                        .check(() -> {
                            throw new InvalidRequestException("b is wrong.");
                        })
                        .raise())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("Things can't be built, for 2 reasons:\n- a is wrong.\n- b is wrong.");
    }

    @Test
    void aFaultOfTheWiringDecidesTheKindAndHidesNoOther() {
        assertThatThrownBy(() -> faults.check(() -> {
                            throw new IllegalStateException("a is missing.");
                        })
                        .value(false, "b is wrong.")
                        .raise())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("a is missing.", "b is wrong.");
    }

    @Test
    void oneFaultIsRaisedInItsOwnWords() {
        assertThatThrownBy(() -> faults.value(false, "a is wrong.").raise()).hasMessage("a is wrong.");
    }
}
