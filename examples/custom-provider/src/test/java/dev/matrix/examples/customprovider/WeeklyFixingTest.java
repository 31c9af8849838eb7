package dev.matrix.examples.customprovider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WeeklyFixingTest {

    @Test
    void itPrintsWhatTheReadmeShows() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        WeeklyFixing.run(new PrintStream(printed, true, UTF_8));

        assertThat(printed.toString(UTF_8)).hasLineCount(4);
        assertThat(Files.readString(Path.of("README.md"))).contains(printed.toString(UTF_8));
    }
}
