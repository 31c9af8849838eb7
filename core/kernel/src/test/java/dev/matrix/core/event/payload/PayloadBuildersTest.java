package dev.matrix.core.event.payload;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody counts arguments: a payload with more than three components of one type has a builder with names. */
class PayloadBuildersTest {

    static Stream<Class<?>> payloads() {
        return EventTypes.catalog().all().stream()
                .<Class<?>>map(type -> type.example().orElseThrow().getClass())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aPayloadWithManyComponentsOfOneTypeHasABuilder(Class<?> payload) {
        long alike = Arrays.stream(payload.getRecordComponents())
                .collect(groupingBy(RecordComponent::getType, counting()))
                .values()
                .stream()
                .mapToLong(count -> count)
                .max()
                .orElse(0);

        if (alike > 3) {
            assertThat(payload.getMethods()).extracting("name").contains("builder");
        }
    }

    @Test
    void aBuilderNamesEverythingThatIsMissing() {
        assertThatThrownBy(() -> SlaAlertChanged.builder()
                        .id("sla_1")
                        .owner(Owner.user("u_42"))
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("subscriptionId")
                .hasMessageContaining("severity")
                .hasMessageContaining("burnLong")
                .hasMessageNotContaining("previousSeverity");
    }
}
