package dev.matrix.examples.quickstart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.event.EventDraft;
import dev.matrix.core.event.payload.InvoiceFailed;
import dev.matrix.core.spi.Stores;
import dev.matrix.examples.quickstart.EventFile.Refusal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFileTest {

    private static final String LINE = "{'key':'inv_1','type':'invoice.failed','ownerType':'user','ownerId':'u_1',"
            + "'occurredAt':'2026-11-06T09:00:45Z','visibleTo':[{'type':'partner','id':'p_1'}],"
            + "'data':{'id':'inv_1','number':'2026-1','amountDue':{'amount':'9.50','currency':'EUR'},'attempt':1}}";

    private final Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build();

    @AfterEach
    void close() {
        matrix.close();
    }

    private EventFile read(String... lines) {
        return EventFile.of("f", String.join("\n", lines).replace('\'', '"').getBytes(UTF_8), matrix);
    }

    @Test
    void aLineIsAnEventWhoseOwnerNeedNotBeRepeated() {
        EventFile file = read(LINE);

        assertThat(file.refusals()).isEmpty();
        EventDraft draft = file.entries().get(0).draft();
        assertThat(draft.key()).isEqualTo("inv_1");
        assertThat(draft.occurredAt()).isEqualTo(Instant.parse("2026-11-06T09:00:45Z"));
        assertThat(draft.visibleTo()).containsExactly(Owner.partner("p_1"));
        assertThat(draft.payload()).isInstanceOf(InvoiceFailed.class);
        assertThat(draft.payload().owner()).isEqualTo(Owner.user("u_1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'key':'inv_1',               |                     | JSON at /key: expected a value
            'key':'inv_1'                | 'key':''            | An idempotency key has 1 to 255 characters
            invoice.failed               | invoice.lost        | There is no event type 'invoice.lost'
            '9.50'                       | '9.505'             | data: JSON at /amountDue/amount: expected a decimal
            EUR                          | XXX                 | data: JSON at /amountDue/currency: expected a currency
            'attempt':1                  | 'attempt':0         | data: JSON at the root: expected values that
            'data':{                     | 'data':{'ownerId':'u_2', | data: its owner is not that of the line.
            2026-11-06T09:00:45Z         | yesterday           | JSON at /occurredAt: expected a point in time
            }}                           | }                   | JSON at
            """)
    void aMalformedLineIsNamedAndStopsNoOther(String good, String bad, String why) {
        EventFile file = read(LINE, "", LINE.replace(good, bad == null ? "" : bad), LINE);

        assertThat(file.entries()).extracting(EventFile.Entry::line).containsExactly(1, 4);
        Refusal refusal = file.refusals().get(0);
        assertThat(file.refusals()).hasSize(1);
        assertThat(refusal.toString()).startsWith("line 3: " + why);
    }

    @Test
    void aLineThatIsNoTextIsRefusedAlone() {
        byte[] bytes = (LINE.replace("u_1", "ü") + "\n" + LINE + "\r\n")
                .replace('\'', '"')
                .getBytes(ISO_8859_1);

        EventFile file = EventFile.of("f", bytes, matrix);

        assertThat(file.refusals()).extracting(Refusal::line).containsExactly(1);
        assertThat(file.entries()).extracting(EventFile.Entry::line).containsExactly(2);
    }

    @Test
    void aFileThatCanNotBeReadIsNamed(@TempDir Path folder) {
        Path missing = folder.resolve("missing.jsonl");

        assertThatThrownBy(() -> EventFile.read(missing, matrix))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("The file " + missing + " can't be read");
    }

    @Test
    void theShippedFileShowsEveryFamilyThatHostsPublish() {
        EventFile file = EventFile.read(null, matrix);

        assertThat(file.refusals()).isEmpty();
        assertThat(file.entries()).hasSize(62);
        assertThat(file.entries()).extracting(entry -> entry.draft().key()).doesNotHaveDuplicates();
        assertThat(file.entries().stream()
                        .map(entry -> entry.draft().payload().type().name())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "subscription.created",
                        "subscription.updated",
                        "subscription.cancelled",
                        "invoice.created",
                        "invoice.paid",
                        "invoice.failed",
                        "payment.succeeded",
                        "payment.failed",
                        "payment.refunded",
                        "usage.recorded",
                        "usage.threshold_reached",
                        "instance.created",
                        "instance.started",
                        "instance.stopped",
                        "instance.terminated",
                        "api_key.created",
                        "api_key.revoked",
                        "partner.commission_calculated",
                        "payout.processed",
                        "sla.breached"));
    }
}
