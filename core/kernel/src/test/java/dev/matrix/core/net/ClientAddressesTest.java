package dev.matrix.core.net;

import static dev.matrix.core.net.ForwardedHeader.FORWARDED;
import static dev.matrix.core.net.ForwardedHeader.X_FORWARDED_FOR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the client is, behind proxies or not, whatever a stranger puts into the header. */
class ClientAddressesTest {

    private static final List<IpRange> PROXIES = List.of(IpRange.parse("10.0.0.0/8"), IpRange.parse("fd00::/8"));
    private static final String PROXY = "10.0.0.1";

    private final ClientAddresses plain = ClientAddresses.behind(X_FORWARDED_FOR, PROXIES);
    private final ClientAddresses standard = ClientAddresses.behind(FORWARDED, PROXIES);

    @Test
    @Tag("SE10")
    @Tag("G7")
    void anUntrustedPeerIsTheClient() {
        assertThat(plain.resolve("203.0.113.9", List.of("10.0.0.5"))).hasToString("203.0.113.9");
        assertThat(plain.resolve("203.0.113.9", List.of("x".repeat(9_000)))).hasToString("203.0.113.9");
        assertThat(ClientAddresses.behind(X_FORWARDED_FOR, List.of()).resolve(PROXY, List.of("6.6.6.6")))
                .hasToString(PROXY);
    }

    @Test
    @Tag("SE10")
    @Tag("G7")
    void theRightMostUntrustedHopIsTheClient() {
        assertThat(plain.resolve(PROXY, List.of("6.6.6.6, 1.1.1.1, 10.0.0.2"))).hasToString("1.1.1.1");
    }

    @Test
    @Tag("SE11")
    @Tag("G7")
    @Tag("G8")
    void linesAreReadAsOneAndPortsAreDropped() {
        assertThat(plain.resolve(PROXY, List.of("6.6.6.6", "1.1.1.1"))).hasToString("1.1.1.1");
        assertThat(plain.resolve(PROXY, List.of("x, 1.1.1.1"))).hasToString("1.1.1.1");
        assertThat(plain.resolve(PROXY, List.of("1.1.1.1:4711"))).hasToString("1.1.1.1");
        assertThat(plain.resolve(PROXY, List.of("[2001:db8::1]:80"))).hasToString("2001:db8::1");
        assertThat(plain.resolve(PROXY, List.of("2001:db8::1"))).hasToString("2001:db8::1");
        assertThat(standard.resolve(PROXY, List.of("for=\"[2001:db8::1]:80\""))).hasToString("2001:db8::1");
        assertThat(standard.resolve(PROXY, List.of("For=1.1.1.1;proto=https;by=10.0.0.1, for=\"10.0.0.2:_x\"")))
                .hasToString("1.1.1.1");
        assertThat(standard.resolve(PROXY, List.of("proto=http; for=\"1.1.1.\\1\"")))
                .hasToString("1.1.1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1, unknown",
                "1.1.1.1,",
                "_hidden",
                "",
                " ",
                "1.1.1.1:",
                "1.1.1.1:999999",
                "1.1.1.1:x",
                "[2001:db8::1",
                "[1.1.1.1]",
                "2001:db8::1]",
                "1.1.1.1 6.6.6.6",
                "1.1.1.1,,10.0.0.2",
                "01.1.1.1",
                "example.com"
            })
    @Tag("SE12")
    @Tag("G8")
    void aHopThatNamesNoAddressMakesTheClientUnresolvable(String header) {
        assertThat(plain.resolve(PROXY, List.of(header))).isInstanceOf(ClientAddress.Unresolvable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=unknown",
                "for=_hidden",
                "proto=https",
                "for=1.1.1.1;for=2.2.2.2",
                "for",
                "for=",
                "=1.1.1.1",
                "for=\"1.1.1.1",
                "for=\"1.1.1.1\"x",
                "for=1.1.1.1 x",
                "for=1.1.1.1;",
                ",",
                "for=9.9.9.9, for=\", for=\"[2001:db8::1]\""
            })
    @Tag("SE12")
    @Tag("G8")
    void soDoesAMalformedElement(String header) {
        assertThat(standard.resolve(PROXY, List.of(header))).isInstanceOf(ClientAddress.Unresolvable.class);
    }

    @Test
    @Tag("G7")
    void anOpenQuoteOfAClientEndsWithItsLine() {
        assertThat(standard.resolve(PROXY, List.of("for=\"6.6.6.6", "for=1.1.1.1")))
                .hasToString("1.1.1.1");
    }

    @Test
    @Tag("SE12")
    @Tag("G8")
    void tooManyHopsOrBytesMakeItUnresolvable() {
        String hops = String.join(", ", Collections.nCopies(33, "10.0.0.2"));
        assertThat(plain.resolve(PROXY, List.of(hops))).hasToString("unresolvable");
        assertThat(plain.resolve(PROXY, List.of(hops.substring(10)))).hasToString("10.0.0.2");
        assertThat(plain.resolve(PROXY, List.of(" ".repeat(9_216) + ",1.1.1.1")))
                .hasToString("unresolvable");
        assertThat(plain.resolve("nobody", List.of("1.1.1.1"))).hasToString("unresolvable");
    }

    @Test
    @Tag("SE12")
    @Tag("G7")
    void whereAllHopsAreTrustedTheLeftMostIsTheClient() {
        assertThat(plain.resolve(PROXY, List.of("10.0.0.7, fd00::1, 10.0.0.2"))).hasToString("10.0.0.7");
        assertThat(plain.resolve(PROXY, List.of())).hasToString(PROXY);
    }

    @ParameterizedTest
    @CsvSource({"1.1.1.1, 1.1.1.1", "unresolvable, unresolvable", "'', unresolvable"})
    void theTextFormIsReadBack(String text, String read) {
        assertThat(ClientAddress.parse(text)).hasToString(read);
    }

    @Test
    void noHeaderMakesItThrow() {
        Random random = new Random(7239);
        String alphabet = "for=\"[]:;, \\\t1.2_x%é";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder header = new StringBuilder();
            for (int c = random.nextInt(40); c >= 0; c--) {
                header.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(standard.resolve(PROXY, List.of(header.toString()))).isNotNull();
            assertThat(plain.resolve(PROXY, List.of(header.toString()))).isNotNull();
        }
    }
}
