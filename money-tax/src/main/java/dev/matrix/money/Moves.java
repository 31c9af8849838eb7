package dev.matrix.money;

import dev.matrix.core.money.Currency;
import dev.matrix.money.spi.RateClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which rates moved further than is plausible unseen: 10 % for fiat, 50 % for crypto. */
record Moves(Feeds feeds, RateClass rateClass) {

    private static final BigDecimal AGREEMENT = BigDecimal.ONE;

    /** A rate that moved. */
    record Move(String quote, BigDecimal previous, BigDecimal received) {}

    /** The rates that moved too far from one observation to the next, in order of their codes. */
    List<Move> tooFar(Map<String, QuotedRate> former, Map<String, QuotedRate> latter) {
        List<Move> moves = new ArrayList<>();
        latter.forEach((code, rate) -> {
            QuotedRate previous = former.get(code);
            if (previous != null && differ(previous.mid(), rate.mid(), limit(code))) {
                moves.add(new Move(code, previous.mid(), rate.mid()));
            }
        });
        return moves;
    }

    /** Whether a later observation bears out what moved: within 1 %. */
    static boolean agree(List<Move> moves, Map<String, QuotedRate> later) {
        return moves.stream().allMatch(move -> {
            QuotedRate rate = later.get(move.quote());
            return rate != null && !differ(move.received(), rate.mid(), AGREEMENT);
        });
    }

    /** Whether all rates of one observation are there in another within 1 %. */
    static boolean isSame(Map<String, QuotedRate> one, Map<String, QuotedRate> other) {
        return one.entrySet().stream().allMatch(each -> {
            QuotedRate rate = other.get(each.getKey());
            return rate != null && !differ(each.getValue().mid(), rate.mid(), AGREEMENT);
        });
    }

    private BigDecimal limit(String code) {
        Currency currency = feeds.currency(code);
        boolean crypto = currency != null && currency.kind() == Currency.Kind.CRYPTO;
        return (crypto ? RateClass.CRYPTO : rateClass).largestMove();
    }

    private static boolean differ(BigDecimal former, BigDecimal latter, BigDecimal percent) {
        BigDecimal distance = latter.subtract(former).abs();
        return distance.movePointRight(2).compareTo(former.multiply(percent)) > 0;
    }
}
