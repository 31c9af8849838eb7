package dev.matrix.core.json;

import dev.matrix.core.Owner;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonNull;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A record with every type of the vocabulary, filled by chance. */
record Sample(
        String text,
        URI uri,
        ZoneId zone,
        Currency currency,
        boolean flag,
        int count,
        double ratio,
        long big,
        BigInteger huge,
        BigDecimal decimal,
        Money money,
        Instant at,
        LocalDate day,
        YearMonth month,
        Duration length,
        Mood mood,
        Owner owner,
        @Nullable Owner payer,
        List<Owner> visibleTo,
        List<Money> amounts,
        Set<String> tags,
        Map<String, List<Integer>> table,
        Figure figure,
        List<Figure> figures,
        Json any,
        @Nullable String note,
        @Nullable Integer maybe,
        @Nullable Sample inner) {

    enum Mood {
        GOOD,
        RATHER_BAD
    }

    sealed interface Figure {
        record Point() implements Figure {}

        record RoundThing(int radius, @Nullable Owner maker) implements Figure {}

        sealed interface Cornered extends Figure {
            record Box2D(int width, List<Figure> inside) implements Cornered {}
        }
    }

    static Sample random(RandomGenerator random, int depth) {
        List<Currency> currencies = List.copyOf(Currencies.standard().all());
        Currency currency = currencies.get(random.nextInt(currencies.size()));
        return new Sample(
                text(random),
                URI.create("https://example.com/" + random.nextInt(100)),
                ZoneId.of(random.nextBoolean() ? "Europe/Berlin" : "+05:30"),
                currency,
                random.nextBoolean(),
                random.nextInt(),
                random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300)),
                random.nextLong(-Scalars.LARGEST_LONG, Scalars.LARGEST_LONG + 1),
                BigInteger.valueOf(random.nextLong()).pow(random.nextInt(1, 6)),
                new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(0, 30)),
                Money.ofMinor(random.nextLong(), currency),
                Instant.ofEpochSecond(
                        random.nextLong(-62_135_596_800L, 253_402_300_799L), random.nextInt(1_000_000_000)),
                LocalDate.ofEpochDay(random.nextLong(-700_000, 2_900_000)),
                YearMonth.of(random.nextInt(0, 10_000), random.nextInt(1, 13)),
                Duration.ofNanos(random.nextLong()),
                Mood.values()[random.nextInt(2)],
                owner(random),
                random.nextBoolean() ? owner(random) : null,
                List.of(owner(random), owner(random)),
                List.of(Money.ofMinor(random.nextInt(), currency)),
                new TreeSet<>(List.of("b", "a" + random.nextInt(5))),
                Map.of("b" + random.nextInt(9), List.of(random.nextInt()), "a", List.of()),
                figure(random, 2),
                List.of(figure(random, 1), new Figure.Point()),
                any(random, 3),
                random.nextBoolean() ? text(random) : null,
                random.nextBoolean() ? random.nextInt() : null,
                depth > 0 && random.nextBoolean() ? random(random, depth - 1) : null);
    }

    static Json any(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> new JsonNull();
            case 1 -> new JsonString(text(random));
            case 2 -> new JsonNumber(BigDecimal.valueOf(random.nextLong(), random.nextInt(-40, 40)));
            case 3 -> new JsonBoolean(random.nextBoolean());
            case 4 -> new JsonArray(List.of(any(random, depth - 1), any(random, depth - 1)));
            default -> new JsonObject(Map.of(text(random), any(random, depth - 1), "", any(random, depth - 1)));
        };
    }

    private static Figure figure(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 3 : 2)) {
            case 0 -> new Figure.Point();
            case 1 -> new Figure.RoundThing(random.nextInt(), random.nextBoolean() ? owner(random) : null);
            default -> new Figure.Cornered.Box2D(3, List.of(figure(random, depth - 1), figure(random, depth - 1)));
        };
    }

    private static Owner owner(RandomGenerator random) {
        return random.nextBoolean() ? Owner.user("u_" + random.nextInt(99)) : Owner.partner("p/~" + random.nextInt(99));
    }

    private static String text(RandomGenerator random) {
        int[] alphabet = {'a', '"', '\\', '\n', 0, 0x7f, 'é', '€', 0x2028, 0x1F4B6, '/', '{', 0xFFFF};
        return random.ints(random.nextInt(1, 40), 0, alphabet.length)
                .map(i -> alphabet[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
