package dev.matrix.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void withoutOptionsTheShippedEventsGoToALocalReceiver() {
        assertThat(Options.parse())
                .isEqualTo(new Options(null, Path.of("matrix-data", "quickstart"), null, null, false, false));
    }

    @Test
    void everyOptionIsTaken() {
        String[] args = {
            "--events",
            "my.jsonl",
            "--data",
            "d",
            "--to",
            "https://example.com/h",
            "--secret",
            SECRET,
            "--allow-private",
            "--help"
        };

        assertThat(Options.parse(args))
                .isEqualTo(new Options(
                        Path.of("my.jsonl"), Path.of("d"), URI.create("https://example.com/h"), SECRET, true, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --frobnicate         | There is no option '--frobnicate'
            events.jsonl         | There is no option 'events.jsonl'
            --to                 | --to needs a value
            --events             | --events needs a value
            --to http://%        | --to needs a URL
            --secret MfKQ9r8GKYq | --secret: A whsec_ key begins with whsec_
            --secret whsec_ab-_  | --secret: A whsec_ key is standard base64
            --secret whsec_MfKQ  | --secret: A whsec_ key holds 24 to 64 bytes; this is too short
            """)
    void whatIsNoOptionOrHasNoProperValueIsRefused(String args, String message) {
        assertThatThrownBy(() -> Options.parse(args.split(" ", -1)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aRefusedSecretIsNotRepeated() {
        assertThatThrownBy(() -> Options.parse("--secret", "hunter2")).hasMessageNotContaining("hunter2");
    }

    @Test
    void privateAddressesAreForThoseWhoAskForThem() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress metadata = InetAddress.getByAddress(new byte[] {(byte) 169, (byte) 254, (byte) 169, (byte) 254});

        assertThat(Options.parse().addresses().allows(loopback)).isTrue();
        assertThat(Options.parse("--to", "https://example.com").addresses().allows(loopback))
                .isFalse();
        Options allowing = Options.parse("--to", "http://127.0.0.1", "--allow-private");
        assertThat(allowing.addresses().allows(loopback)).isTrue();
        assertThat(allowing.addresses().allows(metadata)).isFalse();
        assertThat(allowing.httpsOnly()).isFalse();
        assertThat(Options.parse("--to", "https://example.com").httpsOnly()).isTrue();
    }
}
