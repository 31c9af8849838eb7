package dev.matrix.analytics.cost;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.money.Currency;
import java.util.List;
import java.util.stream.Stream;

/** Which of an owner's bills is meant: sums over currencies don't exist. */
final class BillCurrency {

    private BillCurrency() {}

    static Currency of(CostQuery query, OwnerFacts.Picture picture, List<Machine> machines) {
        List<Currency> currencies = all(picture, machines);
        if (currencies.isEmpty()) {
            throw unknown(query.owner());
        }
        Currency wanted = query.currency();
        List<String> codes = currencies.stream().map(Currency::code).sorted().toList();
        if (wanted == null && currencies.size() > 1) {
            throw new InvalidRequestException(query.owner() + " has bills in " + String.join(" and ", codes)
                    + "; name the currency of one of them.");
        }
        if (wanted != null && !currencies.contains(wanted)) {
            throw new InvalidRequestException(
                    query.owner() + " has no bill in " + wanted.code() + "; its bills are in " + codes + ".");
        }
        return wanted == null ? currencies.get(0) : wanted;
    }

    static List<Currency> all(OwnerFacts.Picture picture, List<Machine> machines) {
        return Stream.concat(
                        picture.currencies().stream(),
                        machines.stream().map(each -> each.hourly().currency()))
                .distinct()
                .toList();
    }

    static InvalidRequestException unknown(Owner owner) {
        return new InvalidRequestException("Nothing is known of costs of " + owner
                + ". Publish its subscription.created and usage.recorded, or its instance.created events first.");
    }
}
