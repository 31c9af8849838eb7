package dev.matrix.examples.customprovider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens. */
class LostReplyTest {

    @Test
    void aReplyThatIsLostLeadsToOneTransfer(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        int transfers = LostReply.run(folder, new PrintStream(told, true, StandardCharsets.UTF_8));

        assertThat(transfers).isEqualTo(1);
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("the refund is UNKNOWN, 39.67 EUR stay reserved")
                .contains("the refund is SUCCEEDED, the bank's id is nb_0, transfers at the bank: 1.");
    }
}
