package dev.matrix.security.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.net.IpAddress;
import dev.matrix.core.net.IpRange;
import dev.matrix.security.spi.AddressTrait;
import dev.matrix.security.spi.GeoAnswer;
import dev.matrix.security.spi.GeoAnswer.Failed;
import dev.matrix.security.spi.GeoAnswer.Found;
import dev.matrix.security.spi.GeoAnswer.Unknown;
import dev.matrix.security.spi.GeoRecord;
import dev.matrix.security.spi.GeoSource;
import dev.matrix.security.spi.GeoSourceContract;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources that are shipped. */
class GeoSourcesTest {

    private static final Instant NOW = Instant.parse("2026-11-02T09:30:00Z");
    private static final Instant BUILT = NOW.minus(Duration.ofDays(3));

    @TempDir
    Path folder;

    private Path file;
    private int changes;

    private static Map<String, Object> country(String code) {
        return Map.of("country", Map.of("iso_code", code, "is_in_european_union", code.equals("DE")));
    }

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("country.mmdb");
        replace(BUILT, "GB");
    }

    private void replace(Instant builtAt, String code) throws IOException {
        Map<String, Map<String, Object>> networks = new LinkedHashMap<>();
        networks.put("81.2.69.0/24", country(code));
        networks.put("2001:db8::/32", country("DE"));
        MmdbWriter.write(file, builtAt, networks);
        touch();
    }

    private void touch() throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(++changes)));
    }

    private static String countryAt(GeoSource source, String address) {
        GeoAnswer answer = source.lookup(IpAddress.parse(address));
        return answer instanceof Found found ? String.valueOf(found.record().country()) : answer.toString();
    }

    @Test
    @Tag("G16")
    void filesAreReadTogether() throws IOException {
        Path asn = folder.resolve("asn.mmdb");
        MmdbWriter.write(asn, BUILT, Map.of("81.2.0.0/16", Map.of("autonomous_system_number", 64500)));
        Path uses = folder.resolve("uses.mmdb");
        MmdbWriter.write(
                uses,
                BUILT,
                Map.of(
                        "81.2.69.128/25",
                        Map.of("is_anonymous", true, "is_tor_exit_node", true),
                        "9.9.9.0/24",
                        Map.of("traits", Map.of("is_anycast", true))));
        GeoSource source = GeoSource.mmdb(file, asn, uses);
        assertThat(source.lookup(IpAddress.parse("81.2.69.1"))).isInstanceOf(Failed.class);
        assertThat(source.refresh(NOW)).isEmpty();

        assertThat(source.lookup(IpAddress.parse("81.2.69.142")))
                .isEqualTo(new Found(
                        GeoRecord.of("GB").asn(64500L).traits(Set.of(AddressTrait.ANONYMOUS, AddressTrait.TOR))));
        assertThat(source.lookup(IpAddress.parse("81.2.69.1")))
                .isEqualTo(new Found(GeoRecord.of("GB").asn(64500L)));
        assertThat(source.lookup(IpAddress.parse("81.2.70.1")))
                .isEqualTo(new Found(GeoRecord.empty().asn(64500L)));
        assertThat(source.lookup(IpAddress.parse("9.9.9.9")))
                .isEqualTo(new Found(GeoRecord.empty().traits(Set.of(AddressTrait.ANYCAST))));
        assertThat(source.lookup(IpAddress.parse("2001:db8::1")))
                .isEqualTo(new Found(GeoRecord.of("DE").europeanUnion(true)));
        assertThat(source.lookup(IpAddress.parse("1.1.1.1"))).isEqualTo(new Unknown());
        assertThatThrownBy(GeoSource::mmdb).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    @Tag("SE18")
    @Tag("G16")
    void atTheEdgesOfEachNetworkTheTableSaysWhatTheReaderSays() throws Exception {
        Random random = new Random(18);
        List<String> codes = List.of("DE", "FR", "GB", "??", "US");
        Map<String, Map<String, Object>> networks = new LinkedHashMap<>();
        for (int i = 0; i < 400; i++) {
            networks.put(
                    i / 20 + 1 + "." + i % 20 * 10 + ".0.0/" + (16 + random.nextInt(9)),
                    country(codes.get(random.nextInt(5))));
            networks.put(
                    "2a0" + i % 8 + ":" + Integer.toHexString(i + 16) + "::/" + (32 + random.nextInt(32)),
                    country(codes.get(random.nextInt(5))));
        }
        MmdbWriter.write(file, BUILT, networks);
        GeoSource source = GeoSource.mmdb(file);
        assertThat(source.refresh(NOW)).isEmpty();
        int checked = 0;
        try (Reader reader = new Reader(file.toFile())) {
            @SuppressWarnings("rawtypes")
            Networks<Map> all = reader.networks(Map.class);
            while (all.hasNext()) {
                @SuppressWarnings("rawtypes")
                DatabaseRecord<Map> each = all.next();
                IpRange range = IpRange.network(
                        IpAddress.of(each.network().networkAddress().getAddress()),
                        each.network().prefixLength());
                for (IpAddress edge : List.of(range.first(), range.last())) {
                    Map<?, ?> there = reader.get(InetAddress.getByName(edge.toString()), Map.class);
                    assertThat(countryAt(source, edge.toString()))
                            .as(edge.toString())
                            .isEqualTo(String.valueOf(there.get("country")).replaceAll(".*iso_code=([^,}]+).*", "$1"));
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(1_000);
    }

    private static byte[] spoiled(byte[] good, String how) {
        return switch (how) {
            case "empty" -> new byte[0];
            case "truncated" -> Arrays.copyOf(good, good.length / 2);
            case "without its metadata" -> Arrays.copyOf(good, good.length - 100);
            case "zeroed" -> new byte[good.length];
            case "text" -> "<html>404</html>".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            default -> throw new IllegalArgumentException(how);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "truncated", "without its metadata", "zeroed", "text"})
    @Tag("SE16")
    @Tag("G16")
    void aSpoiledFileIsRefusedAndTheOldAnswersStay(String how) throws IOException {
        GeoSource source = GeoSource.mmdb(file);
        assertThat(source.refresh(NOW)).isEmpty();
        Files.write(file, spoiled(Files.readAllBytes(file), how));
        touch();

        assertThat(source.refresh(NOW)).singleElement().asString().contains("refused");
        assertThat(countryAt(source, "81.2.69.1")).isEqualTo("GB");
        assertThat(source.refresh(NOW)).as("as long as it lies there").hasSize(1);
        replace(BUILT, "FR");
        assertThat(source.refresh(NOW)).isEmpty();
        assertThat(countryAt(source, "81.2.69.1")).isEqualTo("FR");
    }

    @Test
    @Tag("SE16")
    @Tag("G16")
    void aMisdatedEmptyOrMissingFileIsRefusedAndAnOldOneIsToldOf() throws IOException {
        GeoSource source = GeoSource.mmdb(file);
        source.refresh(NOW);
        for (Instant wrong : List.of(Instant.parse("2009-12-31T23:59:59Z"), NOW.plusSeconds(1))) {
            replace(wrong, "FR");
            assertThat(source.refresh(NOW)).singleElement().asString().contains(wrong.toString());
        }
        MmdbWriter.write(file, BUILT, Map.of());
        touch();
        assertThat(source.refresh(NOW)).singleElement().asString().contains("no network");
        Files.delete(file);
        assertThat(source.refresh(NOW)).hasSize(1);
        assertThat(countryAt(source, "81.2.69.1")).isEqualTo("GB");

        replace(BUILT, "FR");
        assertThat(source.refresh(NOW.plus(Duration.ofDays(42)))).isEmpty();
        assertThat(source.refresh(NOW.plus(Duration.ofDays(42)).plusSeconds(1)))
                .singleElement()
                .asString()
                .contains("45 days");
    }

    @Test
    @Tag("SE16")
    @Tag("G16")
    void whileItIsReadAgainNobodyMissesAnAnswer() throws Exception {
        GeoSource source = GeoSource.mmdb(file);
        source.refresh(NOW);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(4);
        List<Future<Long>> counts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            counts.add(readers.submit(() -> {
                long asked = 0;
                while (!over.get()) {
                    assertThat(countryAt(source, "81.2.69.1")).isIn("GB", "FR");
                    asked++;
                }
                return asked;
            }));
        }
        try {
            for (int i = 0; i < 100; i++) {
                replace(BUILT, i % 2 == 0 ? "FR" : "GB");
                assertThat(source.refresh(NOW)).isEmpty();
            }
        } finally {
            over.set(true);
            readers.shutdown();
        }
        for (Future<Long> count : counts) {
            assertThat(count.get()).isPositive();
        }
        assertThat(countryAt(source, "81.2.69.1")).isEqualTo("GB");
    }

    @Test
    void twoSourcesKnowWhatTheyAgreeOn() {
        IpRange where = IpRange.parse("81.2.69.0/24");
        GeoSource one = GeoSource.fixed(Map.of(where, GeoRecord.of("GB").traits(Set.of(AddressTrait.VPN))));
        GeoSource same = GeoSource.fixed(Map.of(where, GeoRecord.of("gb").traits(Set.of(AddressTrait.HOSTING))));
        GeoSource other = GeoSource.fixed(Map.of(where, GeoRecord.of("FR")));
        GeoSource failing = address -> new Failed("down");

        assertThat(GeoSource.agreeing(one, same).lookup(where.first()))
                .isEqualTo(new Found(GeoRecord.of("GB").traits(Set.of(AddressTrait.VPN, AddressTrait.HOSTING))));
        assertThat(GeoSource.agreeing(one, other).lookup(where.first()))
                .isEqualTo(new Found(GeoRecord.empty().traits(Set.of(AddressTrait.VPN))));
        assertThat(GeoSource.agreeing(one, failing).lookup(where.first())).isInstanceOf(Failed.class);
        assertThat(GeoSource.agreeing(failing, one).lookup(where.first())).isInstanceOf(Failed.class);
        assertThat(GeoSource.agreeing(one, failing).refresh(NOW)).isEmpty();
    }

    @Test
    void ofRangesThatOverlapTheSmallestCounts() {
        GeoSource source = GeoSource.fixed(Map.of(
                IpRange.parse("10.0.0.0/8"), GeoRecord.of("DE"), IpRange.parse("10.1.0.0/16"), GeoRecord.of("FR")));
        assertThat(countryAt(source, "10.1.2.3")).isEqualTo("FR");
        assertThat(countryAt(source, "10.2.2.3")).isEqualTo("DE");
    }

    @Nested
    class MmdbKeepsTheContractTest implements GeoSourceContract {

        @Override
        public GeoSource source() {
            GeoSource source = GeoSource.mmdb(file);
            source.refresh(NOW);
            return source;
        }

        @Override
        public List<IpAddress> known() {
            return List.of(IpAddress.parse("81.2.69.1"), IpAddress.parse("2001:db8::1"));
        }
    }

    @Nested
    class FixedKeepsTheContractTest implements GeoSourceContract {

        @Override
        public GeoSource source() {
            return GeoSource.fixed(Map.of(IpRange.parse("81.2.69.0/24"), GeoRecord.of("GB")));
        }

        @Override
        public List<IpAddress> known() {
            return List.of(IpAddress.parse("81.2.69.1"));
        }
    }
}
