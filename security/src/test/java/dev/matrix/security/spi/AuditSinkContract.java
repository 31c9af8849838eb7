package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.matrix.core.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an {@link AuditSink} promises. An implementer extends it over a far side that takes everything. */
public interface AuditSinkContract {

    /** A sink whose far side takes everything. */
    AuditSink sink();

    private static AuditRecord entry(int number, String text) {
        return new AuditRecord(
                "aud_" + number,
                Owner.user("u_42"),
                "software:test",
                "test.done",
                "DATA",
                true,
                Instant.parse("2026-11-02T09:30:00Z"),
                Map.of("ip", "192.0.2.7"),
                Map.of(),
                "{\"v\":1,\"action\":\"test.done\",\"data\":{\"text\":\"" + text + "\"}}");
    }

    @Test
    default void itsNameIsOne() {
        assertThat(sink().name()).matches("[a-z0-9-]{1,40}").isEqualTo(sink().name());
    }

    @Test
    default void aFullBatchIsTakenAndTheSameAgain() {
        List<AuditRecord> batch =
                IntStream.range(0, 256).mapToObj(i -> entry(i, "plain")).toList();
        assertThatCode(() -> {
                    sink().send(batch);
                    sink().send(batch);
                })
                .doesNotThrowAnyException();
    }

    @Test
    default void textsOfAllKindsAreTaken() {
        for (String text : List.of("", "ü€😀", "a|b=c\\\\d", "\\u2028", "\\n", "x".repeat(10_000))) {
            assertThatCode(() -> sink().send(List.of(entry(1, text)))).as(text).doesNotThrowAnyException();
        }
    }
}
