package dev.matrix.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses: which text is one, how it is written, and which IPv4 address hides in it. */
class IpAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "010.0.0.1",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "127.1",
                "2130706433",
                "1.2.3",
                "\uff11.2.3.4",
                "-1.2.3.4",
                "*",
                "www",
                "::1 ",
                "::1%1",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.",
                "00.1.2.3",
                "1.2.3.4%eth0",
                "[::1]",
                ":::",
                "1:::2",
                "1::2::3",
                ":1",
                "1:",
                "12345::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3",
                "::1.2.3.4:5",
                "fe80::1%",
                "fe80::1%a/b",
                "127.0.0.1/0",
                "127.0.0.1/32",
                "1.2.3.4\n",
                "::g",
                "\u0661.2.3.4"
            })
    @Tag("SE1")
    @Tag("G1")
    void textThatIsNoAddressIsRefusedWithoutALookUp(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("four decimal parts without leading zeros")
                .hasMessageContaining("2001:db8::7");
    }

    @Test
    void aRefusalShowsAStrangersTextInOneShortLine() {
        assertThatThrownBy(() -> IpAddress.parse("a\nb" + "x".repeat(10_000)))
                .hasMessageStartingWith("'a?bxxx")
                .hasMessageNotContaining("\n")
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(300));
    }

    /** RFC 5952, sections 1, 2 and 4: what was written, what is recommended. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8::1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:0:1::1, 2001:db8::1:0:0:1",
        "2001:DB8:0:0:1::1, 2001:db8::1:0:0:1",
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:0, 2001:db8:0:0:1::",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:201, 192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "fe80::1%eth0, fe80::1",
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255"
    })
    @Tag("G2")
    void addressesAreWrittenInTheOneRecommendedForm(String text, String recommended) {
        assertThat(IpAddress.parse(text)).hasToString(recommended).isEqualTo(IpAddress.parse(recommended));
    }

    @Test
    void theJdkReadsTheSameAddressFromWhatIsWritten() throws UnknownHostException {
        Random random = new Random(5952);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            for (int group = 0; group < 8; group++) {
                if (random.nextInt(3) > 0) {
                    bytes[2 * group] = 0;
                    bytes[2 * group + 1] = 0;
                }
            }
            InetAddress expected = InetAddress.getByAddress(bytes);
            IpAddress read = IpAddress.parse(expected.getHostAddress());
            assertThat(InetAddress.getByName(read.toString())).isEqualTo(expected);
            assertThat(IpAddress.parse(read.toString())).isEqualTo(read);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "64:ff9b::102:304",
        "64:ff9b:1::1.2.3.4",
        "64:ff9b:1:abcd::1.2.3.4",
        "2002:102:304::",
        "2002:102:304:1::9",
        "2001:0:4136:e378:8000:63bf:fefd:fcfb",
        "::1.2.3.4",
        "::ffff:0:1.2.3.4"
    })
    @Tag("G5")
    @Tag("G46")
    void tunnelsAndTranslatorsLeadToAnIpv4Address(String text) {
        assertThat(IpAddress.parse(text).embeddedIpv4()).isEqualTo(IpAddress.parse("1.2.3.4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.2.3.4", "::1", "::", "2001:db8::102:304", "2001:1::1", "64:ff9b:2::102:304", "::ffff:1.2.3.4"
            })
    @Tag("G5")
    void otherAddressesHideNone(String text) {
        assertThat(IpAddress.parse(text).embeddedIpv4()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, true",
        "172.31.255.255, true",
        "172.32.0.0, false",
        "192.168.1.1, true",
        "127.0.0.1, true",
        "::1, true",
        "169.254.1.1, true",
        "fe80::1%2, true",
        "fd00::1, true",
        "8.8.8.8, false",
        "2001:db8::1, false"
    })
    void privateAddressesAreThoseThatNobodyOutsideCanHave(String text, boolean isPrivate) {
        assertThat(IpAddress.parse(text).isPrivate()).isEqualTo(isPrivate);
    }
}
