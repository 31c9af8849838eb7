package dev.matrix.tax.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.Stores;
import dev.matrix.tax.TaxId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs show a tax id's prefix and its last two characters (section 10). */
class TaxIdLogsTest {

    private static final TaxId ID = TaxId.parse("DE314159262");

    @Test
    void logsMaskTheIdThoughAVerifiersOwnMessageHoldsIt() {
        Node node = Node.over(Stores.inMemory());
        node.register().during(() -> {
            throw new IllegalStateException("no connection while asking about " + ID.text());
        });
        List<String> lines = RecordedLogs.during(() -> {
            node.ids().watch(ID, Owner.user("u_1"));
            node.after(Duration.ofHours(4));
            node.ids().verify(ID);
        });

        assertThat(lines)
                .as("a failing call, and the pause after five of them")
                .anyMatch(line -> line.contains("DE…62"))
                .anyMatch(line -> line.contains("are not verified before"))
                .noneMatch(line -> line.contains(ID.number()));
    }
}
