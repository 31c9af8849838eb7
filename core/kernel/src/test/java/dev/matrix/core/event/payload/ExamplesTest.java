package dev.matrix.core.event.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventPayload;
import dev.matrix.core.event.EventType;
import dev.matrix.core.json.InvalidJsonException;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {

    private final JsonCodec codec = JsonCodec.of(Currencies.standard());

    static List<EventType> types() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    @Tag("E2")
    void eachExampleSurvivesItsJson(EventType type) {
        EventPayload example = example(type);
        byte[] json = codec.encode(example);

        assertThat(example.type()).isEqualTo(type);
        assertThat(example.type().isExplicitOnly()).isEqualTo(type.isExplicitOnly());
        assertThat(example).isInstanceOf(type.payload());
        assertThat((EventPayload) codec.decode(json, type.payload(), type)).isEqualTo(example);
        assertThat(codec.encode(codec.decode(json, type.payload(), type))).isEqualTo(json);
    }

    @ParameterizedTest
    @MethodSource("types")
    @Tag("E14")
    void membersOfALaterReleaseAreIgnored(EventType type) {
        EventPayload example = example(type);
        Map<String, Json> members = new LinkedHashMap<>(((JsonObject) codec.parse(codec.encode(example))).members());
        members.put("addedLater", new JsonObject(Map.of("deep", new JsonNumber(BigDecimal.ONE))));

        assertThat((EventPayload) codec.decode(codec.write(new JsonObject(members)), type.payload(), type))
                .isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("types")
    void theEnvelopesTypeIsNoMember(EventType type) {
        JsonObject json = (JsonObject) codec.parse(codec.encode(example(type)));

        assertThat(json.members().keySet())
                .startsWith("id", "ownerType", "ownerId")
                .doesNotContain("type");
    }

    @Test
    void linesOfExamplesAddUpToTheirTotals() {
        InvoicePaid invoice = BillingExamples.invoicePaid();
        PaymentSucceeded payment = BillingExamples.paymentSucceeded();

        assertThat(invoice.lines().stream().map(Line::amount).reduce(Money::plus))
                .contains(invoice.subtotal());
        assertThat(payment.lines().stream()
                        .map(line -> line.amount().plus(line.tax()))
                        .reduce(Money::plus))
                .contains(payment.captured());
    }

    /** A host's own payload, private to it. */
    private record Done(String id, Owner owner, @Nullable String note) implements EventPayload {

        static final EventType TYPE = EventType.of("acme.done", Done.class);

        @Override
        public EventType type() {
            return TYPE;
        }
    }

    @Test
    @Tag("E14")
    void aHostsOwnTypeNeedsNoMore() {
        Done done = new Done("job_1", Owner.partner("p_9"), null);
        byte[] json = codec.encode(done);

        assertThat(new String(json, UTF_8))
                .isEqualTo("{\"id\":\"job_1\",\"ownerType\":\"partner\",\"ownerId\":\"p_9\"}");
        assertThat((Done) codec.decode(json, Done.TYPE.payload(), Done.TYPE)).isEqualTo(done);
    }

    @Test
    void aRecordOfSeveralTypesTakesOnlyThose() {
        assertThatThrownBy(() -> UsageExamples.instanceChanged(EventTypes.INVOICE_PAID))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("invoice.paid");
        byte[] json = codec.encode(UsageExamples.instanceChanged(EventTypes.INSTANCE_CREATED));
        assertThat(codec.decode(json, InstanceChanged.class, EventTypes.INSTANCE_STOPPED))
                .isEqualTo(UsageExamples.instanceChanged(EventTypes.INSTANCE_STOPPED));
    }

    @Test
    void whatARecordRefusesIsRefusedFromJsonToo() {
        String json = new String(codec.encode(BillingExamples.invoiceCreated()), UTF_8)
                .replace("\"subtotal\":{\"amount\":\"100.00\"", "\"subtotal\":{\"amount\":\"100.01\"");

        assertThatThrownBy(() -> codec.decode(json.getBytes(UTF_8), InvoiceCreated.class))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("InvoiceCreated.total")
                .hasMessageNotContaining("100.01");
    }

    private static EventPayload example(EventType type) {
        return type.example().orElseThrow();
    }
}
