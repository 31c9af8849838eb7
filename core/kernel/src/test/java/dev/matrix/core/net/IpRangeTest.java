package dev.matrix.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.spi.AddressPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges: which text is one, and whom it holds. */
class IpRangeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/",
                "10.0.0.0/24/8",
                "10.0.0.1/255.0.255.0",
                "::1/6000",
                "::ffff:10.0.0.0/8",
                "10.1.2.3/8",
                "/8",
                "10.0.0.0/ 8",
                "10.0.0.0/+8",
                "10.0.0.0/255.0.0",
                "::/255.0.0.0",
                "10.0.0.9-10.0.0.1",
                "10.0.0.1-::1",
                "10.0.0.1-",
                "-10.0.0.1",
                "10.0.0.1-2-3",
                "fe80::1%eth0",
                "fe80::%eth0/64",
                "loopback",
                "Loopback",
                "*",
                "10.*",
                "",
                "::ffff:10.0.0.0/95",
                "::1/129"
            })
    @Tag("SE2")
    @Tag("G3")
    void textThatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> IpRange.parse(text)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("SE2")
    void aRefusalNamesTheRightNetwork() {
        assertThatThrownBy(() -> IpRange.parse("10.1.2.3/8")).hasMessageContaining("the network is 10.0.0.0/8");
        assertThatThrownBy(() -> IpRange.parse("2001:db8::7/32")).hasMessageContaining("the network is 2001:db8::/32");
        assertThatThrownBy(() -> IpRange.parse("10.0.0.1/255.0.255.0")).hasMessageContaining("contiguous");
        assertThatThrownBy(() -> IpRange.parse("::ffff:10.0.0.0/8")).hasMessageContaining("96 to 128");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "10.0.0.0/255.0.0.0, 10.0.0.0/8",
        "0.0.0.0/0.0.0.0, 0.0.0.0/0",
        "1.2.3.4/255.255.255.255, 1.2.3.4",
        "10.0.0.0-10.255.255.255, 10.0.0.0/8",
        "10.0.0.1-10.0.0.9, 10.0.0.1-10.0.0.9",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:0:0/96, 0.0.0.0/0",
        "::/0, ::/0",
        "::/80, ::/80",
        "2001:DB8::/32, 2001:db8::/32",
        "::1/128, ::1"
    })
    @Tag("G3")
    void rangesAreWrittenInTheirShortestForm(String text, String written) {
        assertThat(IpRange.parse(text)).hasToString(written).isEqualTo(IpRange.parse(written));
    }

    @Test
    @Tag("SE3")
    @Tag("G2")
    void aMappedNetworkIsTheIpv4Network() {
        IpRange mapped = IpRange.parse("::ffff:10.0.0.0/104");
        assertThat(mapped).isEqualTo(IpRange.parse("10.0.0.0/8"));
        assertThat(mapped.contains(IpAddress.parse("10.9.9.9"))).isTrue();
        assertThat(mapped.contains(IpAddress.parse("::ffff:a09:909"))).isTrue();
    }

    @Test
    @Tag("SE4")
    @Tag("G4")
    void ipv6RangesHoldNoIpv4Address() {
        assertThat(IpRange.parse("::1/128").contains(IpAddress.parse("0.0.0.0")))
                .isFalse();
        assertThat(IpRange.parse("::/0").contains(IpAddress.parse("1.2.3.4"))).isFalse();
        assertThat(IpRange.parse("::/0").contains(IpAddress.parse("::ffff:1.2.3.4")))
                .isFalse();
        assertThat(IpRange.parse("::/0").contains(IpAddress.parse("::1"))).isTrue();
    }

    @Test
    @Tag("SE6")
    @Tag("G4")
    void aZoneIsIgnoredInACandidateAndRefusedInARule() {
        assertThat(IpRange.parse("fe80::/10").contains(IpAddress.parse("fe80::1%eth0")))
                .isTrue();
        assertThatThrownBy(() -> IpRange.parse("fe80::1%eth0")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("G3")
    void namesStandForSeveralRanges() {
        assertThat(IpRange.parseAll("uniquelocal"))
                .extracting(IpRange::toString)
                .containsExactly("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");
        assertThat(IpRange.parseAll("loopback")).extracting(IpRange::toString).containsExactly("127.0.0.0/8", "::1");
        assertThat(IpRange.parseAll("linklocal"))
                .extracting(IpRange::toString)
                .containsExactly("169.254.0.0/16", "fe80::/10");
        assertThat(IpRange.parseAll("10.0.0.0/8")).containsExactly(IpRange.parse("10.0.0.0/8"));
        assertThatThrownBy(() -> IpRange.parse("uniquelocal")).hasMessageContaining("fc00::/7");
    }

    @Test
    void sizesCompareAcrossAllBits() {
        List<String> rising = List.of(
                "1.2.3.4",
                "1.2.3.4-1.2.3.5",
                "10.0.0.0/8",
                "0.0.0.0/0",
                "2001:db8::-2001:db8::1:0:0",
                "2001:db8::-2001:db8::ffff:0:0",
                "2001:db8::/64",
                "2001:db8::/32",
                "::/0");
        for (int i = 1; i < rising.size(); i++) {
            IpRange smaller = IpRange.parse(rising.get(i - 1));
            IpRange larger = IpRange.parse(rising.get(i));
            assertThat(smaller.compareSize(larger))
                    .as("%s, %s", smaller, larger)
                    .isNegative();
            assertThat(larger.compareSize(smaller)).isPositive();
        }
    }

    @Test
    @Tag("SE47")
    @Tag("G1")
    void whatIsAcceptedHereHasTheSameMembersInAnAddressPolicy() throws UnknownHostException {
        Random random = new Random(4291);
        for (int i = 0; i < 500; i++) {
            String text = network(random);
            IpRange range = IpRange.parse(text);
            // Whatever isn't in the range must not be allowed anyway, so both ends and their neighbours are made
            // private.
            AddressPolicy policy = AddressPolicy.publicOnly().allowing(text);
            for (IpAddress each :
                    List.of(range.first(), range.last(), range.first().edge(8, false))) {
                boolean allowedAnyway = AddressPolicy.publicOnly().allows(InetAddress.getByName(each.toString()));
                if (!allowedAnyway) {
                    assertThat(policy.allows(InetAddress.getByName(each.toString())))
                            .as("%s in %s", each, text)
                            .isEqualTo(range.contains(each));
                }
            }
        }
    }

    private static String network(Random random) {
        int kind = random.nextInt(3);
        if (kind == 0) {
            int length = 8 + random.nextInt(25);
            return IpAddress.parse("10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256))
                            .edge(length, false)
                    + "/" + length;
        }
        if (kind == 1) {
            int length = random.nextInt(25) + 8;
            IpAddress first = IpAddress.parse("10." + random.nextInt(256) + "." + random.nextInt(256) + ".0")
                    .edge(length, false);
            return "::ffff:" + first + "/" + (96 + length);
        }
        int length = 8 + random.nextInt(121);
        return new IpAddress(0xfd00_0000_0000_0000L | random.nextLong() >>> 8, random.nextLong(), false)
                        .edge(length, false)
                + "/" + length;
    }

    @Test
    @Tag("G3")
    void aNetworkIsMadeAroundAnAddress() {
        IpAddress v4 = IpAddress.of(new byte[] {(byte) 198, 51, 100, 7});
        assertThat(IpRange.network(v4, 24)).isEqualTo(IpRange.parse("198.51.100.0/24"));
        assertThat(IpRange.network(v4, 0).isWholeFamily()).isTrue();
        assertThat(IpRange.network(IpAddress.parse("2001:db8::7"), 128)).hasToString("2001:db8::7");
        assertThatThrownBy(() -> IpRange.network(v4, 33)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> IpAddress.of(new byte[5])).isInstanceOf(InvalidRequestException.class);
    }
}
