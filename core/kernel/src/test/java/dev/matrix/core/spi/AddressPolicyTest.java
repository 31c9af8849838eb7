package dev.matrix.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.matrix.core.InvalidRequestException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private final AddressPolicy policy = AddressPolicy.publicOnly();

    @Tag("C10")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "100.64.0.1",
                "0.1.2.3",
                "192.0.0.1",
                "198.18.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "fd00:ec2::254",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "::127.0.0.1",
                "100::1",
                "5f00::1"
            })
    void blocks_addresses_that_are_not_public(String literal) throws UnknownHostException {
        assertThat(policy.allows(InetAddress.getByName(literal))).isFalse();
    }

    @Tag("C10")
    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "2001:4860:4860::8888"})
    void allows_public_addresses(String literal) throws UnknownHostException {
        assertThat(policy.allows(InetAddress.getByName(literal))).isTrue();
    }

    @Tag("W30")
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.255.255.255, 1.0.0.0",
        "10.0.0.0, 10.255.255.255, 11.0.0.0",
        "100.64.0.0, 100.127.255.255, 100.128.0.0",
        "127.0.0.0, 127.255.255.255, 128.0.0.0",
        "169.254.0.0, 169.254.255.255, 169.255.0.0",
        "172.16.0.0, 172.31.255.255, 172.32.0.0",
        "192.0.0.0, 192.0.0.255, 192.0.1.0",
        "192.0.2.0, 192.0.2.255, 192.0.3.0",
        "192.88.99.0, 192.88.99.255, 192.88.100.0",
        "192.168.0.0, 192.168.255.255, 192.169.0.0",
        "198.18.0.0, 198.19.255.255, 198.20.0.0",
        "198.51.100.0, 198.51.100.255, 198.51.101.0",
        "203.0.113.0, 203.0.113.255, 203.0.114.0",
        "224.0.0.0, 255.255.255.255, 223.255.255.255",
        "::, ::fffe:ffff, ::1:0:0",
        "64:ff9b::, 64:ff9b::ffff:ffff, 64:ff9b::1:0:0",
        "64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff, 64:ff9b:2::",
        "100::, 100::ffff:ffff:ffff:ffff, 100:0:0:1::",
        "2001::, 2001:0:ffff:ffff:ffff:ffff:ffff:ffff, 2001:1::",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::",
        "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2003::",
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:1000::",
        "5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 5f01::",
        "fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fbff::",
        "fe80::, fe80::ffff:ffff:ffff:ffff, fe00::",
        "fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe7f::",
        "ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe7f:ffff::",
    })
    void blocks_each_range_from_its_first_address_to_its_last_and_not_beyond(String first, String last, String beyond)
            throws UnknownHostException {
        assertThat(policy.allows(InetAddress.getByName(first))).isFalse();
        assertThat(policy.allows(InetAddress.getByName(last))).isFalse();
        assertThat(policy.allows(InetAddress.getByName(beyond))).isTrue();
    }

    @Tag("W30")
    @Test
    void judges_mapped_addresses_as_ipv4_even_where_the_jdk_keeps_them_as_ipv6() throws UnknownHostException {
        assertThat(policy.allows(mapped(127, 0, 0, 1))).isFalse();
        assertThat(policy.allows(mapped(8, 8, 8, 8))).isTrue();
        assertThat(policy.allowing("10.1.0.0/16").allows(mapped(10, 1, 2, 3))).isTrue();
    }

    @Tag("W29")
    @Test
    void allows_the_ranges_it_is_given_on_top() throws UnknownHostException {
        AddressPolicy wider = policy.allowing("10.20.0.0/16", "fd00:1::/32").allowing("127.0.1.1");

        assertThat(wider.allows(InetAddress.getByName("10.20.255.1"))).isTrue();
        assertThat(wider.allows(InetAddress.getByName("fd00:1::7"))).isTrue();
        assertThat(wider.allows(InetAddress.getByName("127.0.1.1"))).isTrue();
        assertThat(wider.allows(InetAddress.getByName("127.0.0.2"))).isFalse();
        assertThat(wider.allows(InetAddress.getByName("10.21.0.1"))).isFalse();
        assertThat(policy.allows(InetAddress.getByName("10.20.0.1"))).isFalse();
        assertThat(wider).hasToString("public only, and [10.20.0.0/16, fd00:1:0:0:0:0:0:0/32, 127.0.1.1/32]");
    }

    @Tag("W29")
    @Test
    void is_a_value() {
        AddressPolicy one = policy.allowing("10.0.0.0/8", "10.0.0.0/8");

        assertThat(one).isEqualTo(policy.allowing("10.0.0.0/8")).hasSameHashCodeAs(policy.allowing("10.0.0.0/8"));
        assertThat(one).isNotEqualTo(policy);
        assertThat(policy.allowing("::ffff:10.0.0.0/104")).isEqualTo(one);
        assertThat(policy).hasToString("public only");
    }

    @Tag("W29")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.1/8",
                "10/8",
                "10.1",
                "010.0.0.0/8",
                "0x0a.0.0.0/8",
                "10.0.0.0/8/8",
                "256.0.0.0/8",
                "fd00::/129",
                "fd00::1/64",
                "[fd00::]/8",
                "fe80::%1/64",
                "fd00:::/8",
                "::ffff:10.0.0.0/95",
                "localhost",
                "localhost/8"
            })
    void refuses_what_is_no_range(String text) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> policy.allowing(text))
                .withMessageContaining("'" + text + "' is no range of addresses");
    }

    @Tag("C9")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "127.1",
                "127.0.1",
                "0x7f.1",
                "0X7F000001",
                "017700000001",
                "0177.0.0.1",
                "127.0.0.1.",
                "0x",
                "169.254.169.254",
                "[::ffff:7f00:1]",
                "::ffff:127.0.0.1",
                "[::1]",
                "[::]",
                "[64:ff9b::a9fe:a9fe]",
                "[0:0:0:0:0:ffff:127.0.0.1]"
            })
    void refuses_private_literals_in_every_spelling(String host) {
        assertThat(policy.allowsHost(host)).isFalse();
    }

    @Tag("C9")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "256.1.1.1",
                "1.1.1.1.1",
                "1..1",
                "1.1.1.09",
                "8.8.8.4294967296",
                "99999999999999999999",
                "example.1",
                "0xg.0x1",
                "[2001:4860:4860::8888",
                "[fe80::1%25eth0]",
                "2001:4860:4860:::8888",
                "[1.1.1.1]",
                "",
                "%31.example",
                "１２７.0.0.１",
                "exam ple.com",
                "user@example.com"
            })
    void refuses_hosts_that_are_malformed(String host) {
        assertThat(policy.allowsHost(host)).isFalse();
    }

    @Tag("W29")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hooks.example.com",
                "hooks.example.com.",
                "xn--bcher-kva.example",
                "my_host.example",
                "1e100.net",
                "127.0.0.1.nip.io",
                "0x7f.example",
                "1.1.1.1",
                "16843009",
                "[2001:4860:4860::8888]"
            })
    void allows_names_and_public_literals(String host) {
        assertThat(policy.allowsHost(host)).isTrue();
    }

    @Tag("C9")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void reads_every_spelling_of_an_address_alike(long seed) throws UnknownHostException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 1_000; i++) {
            int bits = random.nextInt();
            int[] b = {bits >>> 24, bits >>> 16 & 0xff, bits >>> 8 & 0xff, bits & 0xff};
            InetAddress address =
                    InetAddress.getByAddress(new byte[] {(byte) b[0], (byte) b[1], (byte) b[2], (byte) b[3]});

            assertThat(new String[] {
                        "%d.%d.%d.%d".formatted(b[0], b[1], b[2], b[3]),
                        "0x%x.0%o.%d.0X%X".formatted(b[0], b[1], b[2], b[3]),
                        "%d.%d.%d".formatted(b[0], b[1], bits & 0xffff),
                        "%d.0x%x".formatted(b[0], bits & 0xffffff),
                        Integer.toUnsignedString(bits),
                        "0" + Integer.toOctalString(bits) + ".",
                        "[::ffff:%x:%x]".formatted(bits >>> 16, bits & 0xffff),
                        "::ffff:%d.%d.%d.%d".formatted(b[0], b[1], b[2], b[3])
                    })
                    .allSatisfy(host -> assertThat(IpLiteral.parse(host)).contains(address));
        }
    }

    private static InetAddress mapped(int... ipv4) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = -1;
        bytes[11] = -1;
        for (int i = 0; i < 4; i++) {
            bytes[12 + i] = (byte) ipv4[i];
        }
        return Inet6Address.getByAddress(null, bytes, 0);
    }
}
