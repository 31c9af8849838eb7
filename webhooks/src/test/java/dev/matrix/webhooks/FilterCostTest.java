package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.event.payload.EventTypes;
import dev.matrix.core.event.payload.InstanceChanged;
import dev.matrix.webhooks.spi.FilterTooComplexException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the filters of one owner may cost: it is bounded where they are registered, and never paid by who publishes. */
@Tag("W3")
class FilterCostTest {

    private final Node node = Node.alone();

    /** A filter of so many wildcards that share long beginnings, none of which an automaton can do without. */
    private static String wildcards(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> "{\"wildcard\":\"*aa*aaaq" + i + "\"}")
                .collect(Collectors.joining(",", "{\"data\":{\"tags\":{\"note\":[", "]}}}"));
    }

    private static String values(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "{\"data\":{\"gpuCount\":[", "]}}"));
    }

    private Registered register(String filter) {
        return node.webhooks.register(Node.endpoint().filter(filter));
    }

    private void publish(String note) {
        node.matrix
                .events()
                .publish(new InstanceChanged(
                        "i-1",
                        Node.ALICE,
                        EventTypes.INSTANCE_STARTED,
                        "gpu.a100",
                        null,
                        1,
                        null,
                        Map.of("note", note),
                        null,
                        null,
                        node.clock.instant()));
    }

    @Test
    void anOwnersFiltersHaveAtMostTwoHundredWildcardsInAllAndEqualOnesCountOnce() {
        register(wildcards(0, 95));
        register(wildcards(95, 95));
        register(wildcards(0, 95) + " ");
        Registered last = register(wildcards(190, 10));

        assertThatThrownBy(() -> register(wildcards(200, 1)))
                .isInstanceOf(FilterTooComplexException.class)
                .hasMessageContaining("at most 200 wildcards")
                .hasMessageContaining("they have 201");
        assertThatThrownBy(() -> node.webhooks.update(
                        Node.ALICE, last.endpoint().id(), 1, endpoint -> endpoint.filter(wildcards(300, 11))))
                .isInstanceOf(FilterTooComplexException.class);
        assertThat(node.view(last).filter()).isEqualTo(wildcards(190, 10));
    }

    @Test
    void anOwnersFiltersHaveAtMostFiveThousandValuesInAll() {
        for (int i = 0; i < 49; i++) {
            register(values(100 * i, 100));
        }
        Registered last = register(values(4_900, 99));
        assertThat(node.webhooks
                        .update(Node.ALICE, last.endpoint().id(), 1, endpoint -> endpoint.filter(values(4_900, 100)))
                        .version())
                .isEqualTo(2);

        String ways = "{\"$or\":[{\"subject\":[1]},{\"type\":[1]}],\"data\":{\"gpuCount\":[1,2]}}";
        assertThatThrownBy(() -> node.webhooks.update(
                        Node.ALICE,
                        last.endpoint().id(),
                        2,
                        endpoint -> endpoint.filter(
                                ways.replace("1,2", values(0, 98).replaceAll("[^0-9,]", "")))))
                .isInstanceOf(FilterTooComplexException.class)
                .hasMessageContaining("at most 5000 values");
    }

    @Test
    void whatIsDisabledDoesNotCountUntilItIsEnabled() {
        Registered first = register(wildcards(0, 95));
        node.webhooks.setStatus(Node.ALICE, first.endpoint().id(), EndpointStatus.DISABLED);
        register(wildcards(100, 95));
        register(wildcards(200, 95));

        assertThatThrownBy(() ->
                        node.webhooks.setStatus(Node.ALICE, first.endpoint().id(), EndpointStatus.ACTIVE))
                .isInstanceOf(FilterTooComplexException.class);
    }

    @Test
    void aTextTooLongForAllWildcardsOfItsOwnerIsWorkedOnNoFurtherAndMatches() {
        Registered first = register(wildcards(0, 95));
        Registered second = register(wildcards(100, 95));

        publish("aaaq".repeat(5_000));
        assertThat(node.deliveries(first)).isEmpty();

        publish("aaaq".repeat(20_000));
        assertThat(node.deliveries(first)).hasSize(1);
        assertThat(node.deliveries(second)).hasSize(1);
    }

    @Test
    void theSameEventsAreFilteredTheSameBeforeAndAfterTheFiltersAreCompiled() {
        Registered number = register(values(1, 1));
        Registered wild = register(wildcards(7, 1));
        publish("aaaaaq7");
        publish("aaaaaq8");
        node.drive();
        publish("aaaaaq7");
        publish("aaaaaq8");

        assertThat(node.deliveries(number)).hasSize(4);
        assertThat(node.deliveries(wild)).hasSize(2);
    }
}
