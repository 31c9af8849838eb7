package dev.matrix.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.Owner;
import dev.matrix.core.json.Sample.Figure;
import dev.matrix.core.json.Sample.Mood;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

    private final JsonCodec codec = JsonCodec.of(Currencies.standard());

    record Amount(Money value) {}

    record Mixed(
            String name,
            @Nullable Owner owner,
            List<Owner> others,
            Mood mood,
            Figure figure,
            @Nullable String note) {}

    @Test
    @Tag("H5")
    void writesMembersInComponentOrderWithoutSpacesAndNulls() {
        Mixed mixed = new Mixed(
                "Zoë 💶\u2028",
                Owner.user("u_42"),
                List.of(Owner.partner("p_9")),
                Mood.RATHER_BAD,
                new Figure.RoundThing(3, null),
                null);

        assertThat(json(mixed))
                .isEqualTo("{\"name\":\"Zoë 💶\u2028\",\"ownerType\":\"user\",\"ownerId\":\"u_42\",\"others\":["
                        + "{\"type\":\"partner\",\"id\":\"p_9\"}],\"mood\":\"rather_bad\",\"figure\":{\"type\":\"round_thing\","
                        + "\"radius\":3}}");
        assertThat(codec.decode(codec.encode(mixed), Mixed.class)).isEqualTo(mixed);
    }

    static List<Long> seeds() {
        return LongStream.range(0, 200).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("H5")
    void everyTypeSurvivesItsJson(long seed) {
        Sample sample = Sample.random(new Random(seed), 3);
        byte[] json = codec.encode(sample);

        Sample read = codec.decode(json, Sample.class);

        assertThat(read).isEqualTo(sample);
        assertThat(codec.encode(read)).isEqualTo(json);
        assertThat(codec.parse(codec.write(codec.parse(json)))).isEqualTo(codec.parse(json));
    }

    record Bytes(byte[] content) {}

    @Test
    void bytesAreBase64() {
        byte[] content = {0, -1, 62, 63};

        assertThat(json(new Bytes(content))).isEqualTo("{\"content\":\"AP8+Pw==\"}");
        assertThat(codec.decode(codec.encode(new Bytes(content)), Bytes.class).content())
                .isEqualTo(content);
    }

    @Test
    @Tag("M9")
    void moneyIsTextWithExactlyTheCurrencysDecimals() {
        assertThat(json(new Amount(Money.of("12.3", "EUR"))))
                .isEqualTo("{\"value\":{\"amount\":\"12.30\",\"currency\":\"EUR\"}}");
        assertThat(json(new Amount(Money.of("12", "JPY"))))
                .isEqualTo("{\"value\":{\"amount\":\"12\",\"currency\":\"JPY\"}}");
    }

    @Test
    @Tag("MT1")
    void tenEtherAndAWeiStayExactThroughJson() {
        Money ether = Money.ofMinor(
                BigInteger.TEN.pow(19).add(BigInteger.ONE),
                Currencies.standard().get("ETH"));

        assertThat(json(new Amount(ether))).contains("\"10.000000000000000001\"");
        assertThat(codec.decode(codec.encode(new Amount(ether)), Amount.class).value())
                .isEqualTo(ether);
    }

    @Test
    @Tag("M9")
    void whoReadsMoneyDecidesOnTheCurrencies() {
        byte[] json = "{\"value\":{\"currency\":\"ACME\",\"amount\":\"1.5\"}}".getBytes(UTF_8);
        JsonCodec acme = JsonCodec.of(Currencies.builder().crypto("ACME", 3).build());

        assertThat(acme.decode(json, Amount.class).value().amount()).isEqualTo("1.500");
        assertThatThrownBy(() -> codec.decode(json, Amount.class))
                .isInstanceOfSatisfying(
                        InvalidJsonException.class, e -> assertThat(e.pointer()).isEqualTo("/value/currency"));
        assertThatThrownBy(() -> acme.encode(new Amount(Money.of("1.00", "EUR"))))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("/value/currency");
    }

    record Sorted(Map<String, Integer> map, Set<String> set) {}

    @Test
    @Tag("E4")
    void equalValuesGiveEqualBytesInWhicheverOrderTheyWereMade() {
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", 2);
        Set<String> set = new LinkedHashSet<>(List.of("y", "x"));

        assertThat(json(new Sorted(map, set))).isEqualTo("{\"map\":{\"a\":2,\"b\":1},\"set\":[\"x\",\"y\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rather_bad", "RATHER_BAD"})
    @Tag("H5")
    void enumsReadJavasNameToo(String name) {
        assertThat(codec.decode(("\"" + name + "\"").getBytes(UTF_8), Mood.class))
                .isEqualTo(Mood.RATHER_BAD);
        assertThat(json(Mood.RATHER_BAD)).isEqualTo("\"rather_bad\"");
    }

    @Test
    void nestedSealedInterfacesAreOneFamilyAndTheTypeMayStandAnywhere() {
        Figure figure = codec.decode("{\"width\":3,\"inside\":[],\"type\":\"box2_d\"}".getBytes(UTF_8), Figure.class);

        assertThat(figure).isEqualTo(new Figure.Cornered.Box2D(3, List.of()));
    }

    @Test
    void namesBecomeSnakeCase() {
        assertThat(List.of("RatioTimeslices", "HTTPStatus", "Point", "IpV4Range"))
                .extracting(Vocabulary::snake)
                .containsExactly("ratio_timeslices", "http_status", "point", "ip_v4_range");
    }

    record Moment(Instant at) {}

    @Test
    @Tag("H5")
    void instantsAreReadWithAnyOffsetAndWrittenInUtc() {
        Moment moment = codec.decode("{\"at\":\"2026-11-22T10:15:30.5+01:00\"}".getBytes(UTF_8), Moment.class);

        assertThat(json(moment)).isEqualTo("{\"at\":\"2026-11-22T09:15:30.500Z\"}");
    }

    record Tree(String name, List<Tree> children) {}

    @Test
    void recordsMayHoldThemselves() {
        Tree tree = new Tree("a", List.of(new Tree("b", List.of()), new Tree("c", List.of())));

        assertThat(codec.decode(codec.encode(tree), Tree.class)).isEqualTo(tree);
    }

    record Count(int n) {}

    @Test
    void isUsedByManyThreadsFromTheFirstCallOn() throws InterruptedException {
        AtomicInteger equal = new AtomicInteger();
        Sample sample = Sample.random(new Random(7), 3);
        Thread[] threads = new Thread[8];
        Arrays.setAll(
                threads,
                i -> new Thread(() -> {
                    if (codec.decode(codec.encode(sample), Sample.class).equals(sample)) {
                        equal.incrementAndGet();
                    }
                }));
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(equal).hasValue(threads.length);
    }

    @Test
    void integersMayBeSpeltWithAnExponentOrZeroDecimals() {
        assertThat(codec.decode("{\"n\":1.20e2}".getBytes(UTF_8), Count.class)).isEqualTo(new Count(120));
    }

    record Exact(BigDecimal value) {}

    @Test
    @Tag("E2")
    void decimalsKeepTheirScaleAndHaveNoExponent() {
        assertThat(json(new Exact(new BigDecimal("1E+3")))).isEqualTo("{\"value\":\"1000\"}");
        assertThat(codec.decode("{\"value\":\"1.10\"}".getBytes(UTF_8), Exact.class))
                .isEqualTo(new Exact(new BigDecimal("1.10")));
    }

    private String json(Object value) {
        return new String(codec.encode(value), UTF_8);
    }
}
