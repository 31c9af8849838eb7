package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.matrix.core.Owner;
import dev.matrix.core.api.SchemaCheck.Terms;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import dev.matrix.core.wire.Int64;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Patch;
import dev.matrix.core.wire.Pattern;
import dev.matrix.core.wire.Range;
import dev.matrix.core.wire.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schema and check are one: a validator that we didn't write agrees with ours, value for value. */
class SchemaOracleTest {

    private static final int VALUES = 1_000;

    private final JsonCodec codec = JsonCodec.of(Currencies.standard());
    private final JsonCodec replies = codec.withNulls();

    enum Kind {
        CUSTOMER_REQUEST,
        FRAUD
    }

    sealed interface Figure {
        record Round(int radius) implements Figure {}

        record Flat(@Nullable @Range(min = -5, max = 5) Double width, List<Round> inside) implements Figure {}
    }

    record Bounded(
            @Length(min = 2, max = 4) String text,
            @Pattern("[a-c]+") String letters,
            @Nullable String free,
            @Size(min = 1, max = 3) List<String> strings,
            Map<String, Integer> counts,
            Set<Integer> distinct,
            @Int64 long digits,
            @Nullable Owner owner,
            List<Owner> owners,
            Figure figure,
            Kind kind) {}

    private record Kit(Class<?> type, Function<RandomGenerator, Object> values, List<String> breaches) {

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    private static String text(RandomGenerator random, int min, int max) {
        int length = random.nextInt(min, max + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    random.nextInt(8) == 0 ? 0x1f4b6 : random.nextInt(8) == 0 ? '"' : random.nextInt(0x20, 0x250));
        }
        return text.toString();
    }

    private static BigDecimal decimal(RandomGenerator random) {
        return new BigDecimal(new BigInteger(100, new Random(random.nextLong())), random.nextInt(0, 30))
                .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
    }

    private static Owner owner(RandomGenerator random) {
        return random.nextBoolean()
                ? Owner.user("u" + text(random, 0, 9).replaceAll("[\\u007f-\\u009f]", ""))
                : Owner.partner("p_" + random.nextInt());
    }

    private static Figure figure(RandomGenerator random) {
        return random.nextBoolean()
                ? new Figure.Round(random.nextInt())
                : new Figure.Flat(random.nextBoolean() ? null : random.nextDouble(-5, 5), List.of(new Figure.Round(1)));
    }

    private static Object bounded(RandomGenerator random) {
        return new Bounded(
                text(random, 2, 4),
                "abc".substring(random.nextInt(0, 3)),
                random.nextBoolean() ? null : text(random, 0, 256),
                List.of(text(random, 0, 5)),
                Map.of("a" + random.nextInt(9), random.nextInt(1, 99)),
                Set.of(random.nextInt(1, 50), random.nextInt(50, 99)),
                random.nextLong(),
                random.nextBoolean() ? null : owner(random),
                List.of(owner(random)),
                figure(random),
                Kind.values()[random.nextInt(2)]);
    }

    static List<Kit> kits() {
        String valid = "'text':'ab','letters':'a','strings':['x'],'counts':{},'distinct':[],'digits':'1','owners':[],"
                + "'figure':{'type':'round','radius':1},'kind':'fraud'";
        return List.of(
                new Kit(String.class, r -> text(r, 0, 256), List.of("1", "null", "'" + "x".repeat(257) + "'")),
                new Kit(boolean.class, RandomGenerator::nextBoolean, List.of("'true'", "1", "null")),
                new Kit(
                        int.class,
                        r -> r.nextInt(Integer.MIN_VALUE + 1, Integer.MAX_VALUE),
                        List.of("1.5", "2147483648", "'1'", "null")),
                new Kit(
                        long.class,
                        r -> r.nextLong(-(1L << 53) + 1, 1L << 53),
                        List.of("9007199254740992", "-9007199254740992", "0.1")),
                new Kit(
                        double.class,
                        r -> r.nextGaussian() * Math.pow(10, r.nextInt(-300, 300)),
                        List.of("'1'", "true")),
                new Kit(
                        BigInteger.class,
                        r -> new BigInteger(400, new Random(r.nextLong())),
                        List.of("1", "'+1'", "'1.0'", "''")),
                new Kit(
                        BigDecimal.class,
                        SchemaOracleTest::decimal,
                        List.of("1", "'1e3'", "'.5'", "'1.'", "'" + "1".repeat(39) + "'", "'--1'")),
                new Kit(
                        Money.class,
                        r -> Money.of(
                                BigDecimal.valueOf(r.nextLong(-99_999_999L, 99_999_999L), 2),
                                Currencies.standard().get("EUR")),
                        List.of(
                                "{'amount':'1e2','currency':'EUR'}",
                                "{'amount':'1'}",
                                "{'amount':'1','currency':'EUR','x':1}",
                                "'1 EUR'",
                                "{'amount':1,'currency':'EUR'}")),
                new Kit(
                        Instant.class,
                        r -> Instant.ofEpochSecond(
                                r.nextLong(-62_167_219_200L, 253_402_300_800L), r.nextInt(1_000_000_000)),
                        List.of(
                                "'2026-11-22'",
                                "'2026-13-22T10:15:30Z'",
                                "'2026-11-22T24:15:30Z'",
                                "'2026-11-22T10:15:30'",
                                "1")),
                new Kit(
                        LocalDate.class,
                        r -> LocalDate.ofEpochDay(r.nextLong(-719_528, 2_932_896)),
                        List.of("'2026-13-01'", "'2026-02-30'", "'26-01-01'", "20260101")),
                new Kit(
                        YearMonth.class,
                        r -> YearMonth.of(r.nextInt(0, 9999), r.nextInt(1, 13)),
                        List.of("'2026-13'", "'2026-1'", "'2026-01-01'")),
                new Kit(
                        Duration.class,
                        r -> Duration.ofSeconds(r.nextLong(0, 1L << 40), r.nextInt(1_000_000_000)),
                        List.of("'15m'", "'P'", "'PT'", "900")),
                new Kit(
                        ZoneId.class,
                        r -> ZoneId.of(List.of("Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires")
                                .get(r.nextInt(3))),
                        List.of("'Europe Berlin'", "''", "1")),
                new Kit(
                        URI.class,
                        r -> URI.create("https://example.com/" + r.nextInt() + "?a=b#c"),
                        List.of("'a b'", "1", "'\u00e4'")),
                new Kit(
                        Currency.class,
                        r -> Currencies.standard()
                                .get(List.of("EUR", "JPY", "BTC").get(r.nextInt(3))),
                        List.of("'eur'", "'E'", "1")),
                new Kit(
                        byte[].class,
                        r -> text(r, 0, 99).getBytes(StandardCharsets.UTF_8),
                        List.of("'a'", "'ab=='+", "'a_b-'", "1").stream()
                                .map(s -> s.replace("'+", "'"))
                                .filter(s -> !s.equals("'ab=='"))
                                .toList()),
                new Kit(Kind.class, r -> Kind.values()[r.nextInt(2)], List.of("'other'", "0", "null")),
                new Kit(
                        Owner.class,
                        SchemaOracleTest::owner,
                        List.of(
                                "{'type':'user'}",
                                "{'type':'group','id':'1'}",
                                "{'type':'user','id':''}",
                                "{'type':'user','id':'a\\nb'}",
                                "{'type':'user','id':'  '}")),
                new Kit(
                        Figure.class,
                        SchemaOracleTest::figure,
                        List.of(
                                "{'type':'cube'}",
                                "{'radius':1}",
                                "{'type':'round'}",
                                "{'type':'round','radius':1,'x':1}",
                                "{'type':'flat','width':6,'inside':[]}",
                                "[]")),
                new Kit(
                        Bounded.class,
                        SchemaOracleTest::bounded,
                        List.of(
                                "{}",
                                "{" + valid + ",'more':1}",
                                "{" + valid + ",'ownerType':'user'}",
                                "{" + valid + ",'ownerId':'u_1'}",
                                "{" + valid.replace("'ab'", "'a'") + "}",
                                "{" + valid.replace("'ab'", "'abcde'") + "}",
                                "{" + valid.replace("'a','str", "'d','str") + "}",
                                "{" + valid.replace("['x']", "[]") + "}",
                                "{" + valid.replace("['x']", "['a','b','c','d']") + "}",
                                "{" + valid.replace("'distinct':[]", "'distinct':[1,1]") + "}",
                                "{" + valid.replace("'1'", "1") + "}",
                                "{" + valid.replace("'counts':{}", "'counts':{'a':'b'}") + "}")));
    }

    @ParameterizedTest
    @MethodSource("kits")
    @Tag("H5")
    @Tag("H7")
    @Tag("C1")
    void ourCheckAndTheOracleAgree(Kit kit) {
        agreeOnRequests(kit);
        Terms terms = compiled(kit.type(), Direction.OUT);
        com.networknt.schema.Schema oracle = oracle(kit.type(), terms);
        RandomGenerator random = new Random(7);
        for (int i = 0; i < VALUES; i++) {
            String reply = new String(replies.encode(kit.values().apply(random), kit.type()), StandardCharsets.UTF_8);

            assertThat(refusal(oracle, reply)).as(reply).isEmpty();
            assertThat(errors(reply, kit.type(), terms)).as(reply).isEmpty();
        }
    }

    record Change(
            Patch<String> text,
            Patch<@Nullable Integer> count,
            @Nullable Json any) {}

    /** They stand in requests alone. */
    @Test
    @Tag("H5")
    @Tag("C1")
    void ourCheckAndTheOracleAgreeOnPatches() {
        agreeOnRequests(new Kit(
                Change.class,
                random -> new Change(
                        random.nextBoolean() ? Patch.keep() : Patch.set(text(random, 0, 256)),
                        random.nextBoolean() ? Patch.clear() : Patch.set(random.nextInt()),
                        random.nextBoolean() ? null : new JsonString(text(random, 0, 9))),
                List.of("{'text':null}", "{'text':1}", "{'count':'1'}", "{'count':0.5}", "{'more':1}")));
    }

    private void agreeOnRequests(Kit kit) {
        Terms terms = compiled(kit.type(), Direction.IN);
        com.networknt.schema.Schema oracle = oracle(kit.type(), terms);
        RandomGenerator random = new Random(7);
        for (int i = 0; i < VALUES; i++) {
            byte[] encoded = codec.encode(kit.values().apply(random), kit.type());
            String request = new String(encoded, StandardCharsets.UTF_8);

            assertThat(refusal(oracle, request)).as(request).isEmpty();
            assertThat(errors(request, kit.type(), terms)).as(request).isEmpty();
            assertThat(codec.encode(codec.bind(codec.parse(encoded), kit.type()), kit.type()))
                    .isEqualTo(encoded);
        }
        for (String breach : kit.breaches()) {
            String json = breach.replace('\'', '"');
            assertThat(refusal(oracle, json)).as(json).isNotEmpty();
            assertThat(errors(json, kit.type(), terms)).as(json).isNotEmpty();
        }
    }

    private Terms compiled(Class<?> type, Direction direction) {
        Faults faults = new Faults();
        TypeSchemas types = new TypeSchemas(direction, faults);
        types.of(type, Bounds.NONE, type.getName());
        faults.throwIfAny();
        return new Terms(types.named(), codec);
    }

    private static Schema root(Class<?> type, Terms terms) {
        Faults faults = new Faults();
        TypeSchemas types = new TypeSchemas(terms.types().isEmpty() ? Direction.IN : Direction.OUT, faults);
        return types.of(type, Bounds.NONE, type.getName());
    }

    private com.networknt.schema.Schema oracle(Class<?> type, Terms terms) {
        String document =
                new String(codec.write(JsonSchema.document(root(type, terms), terms.types())), StandardCharsets.UTF_8);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document, InputFormat.JSON);
    }

    private static List<?> refusal(com.networknt.schema.Schema oracle, String json) {
        return oracle.validate(
                json,
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private List<?> errors(String json, Class<?> type, Terms terms) {
        SchemaCheck check = new SchemaCheck(terms);
        check.check(codec.parse(json.getBytes(StandardCharsets.UTF_8)), root(type, terms));
        return check.errors();
    }

    @Test
    void whatOnlyAFormatsParserKnowsIsRefusedToo() {
        Terms terms = new Terms(Map.of(), codec);
        assertThat(errors("\"Europe/Nowhere\"", ZoneId.class, terms)).isNotEmpty();
        assertThat(errors("\"XXXX\"", Currency.class, terms)).isNotEmpty();
        assertThat(errors("\"FRAUD\"", Kind.class, terms)).isEmpty();
        assertThat(errors("\"Fraud\"", Kind.class, terms)).isNotEmpty();
    }
}
