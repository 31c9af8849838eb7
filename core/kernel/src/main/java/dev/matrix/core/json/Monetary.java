package dev.matrix.core.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.json.Member.Single;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import java.io.IOException;
import java.math.BigDecimal;

/** Money and currencies, in the terms of one registry. */
final class Monetary {

    private Monetary() {}

    /** A currency by its code. What the registry doesn't hold is refused in both directions, as it couldn't be read again. */
    record CurrencyShape(Currencies registry) implements Shape<Object> {

        private static final String EXPECTED = "a currency code that is registered (Matrix.builder().currencies(…))";

        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            Currency currency = (Currency) value;
            if (registry.find(currency.code()).filter(currency::equals).isEmpty()) {
                throw JsonText.unwritable(out, EXPECTED);
            }
            out.writeString(currency.code());
        }

        @Override
        public Object read(Json json, Place at) {
            if (json instanceof JsonString code) {
                return registry.find(code.value()).orElseThrow(() -> at.expected(EXPECTED));
            }
            throw at.expected(EXPECTED);
        }
    }

    /** Amount and currency as strings; the amount with exactly the currency's decimals. */
    record MoneyShape(Single amount, Single currency) implements Shape<Object> {

        private static final int MOST_DIGITS = 40;

        MoneyShape(CurrencyShape currencies) {
            this(
                    new Single(new SerializedString("amount"), Scalars.STRING, false, false),
                    new Single(new SerializedString("currency"), currencies, false, false));
        }

        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            Money money = (Money) value;
            BigDecimal exact = money.amount();
            if (exact.precision() - exact.scale() > MOST_DIGITS) {
                throw JsonText.unwritable(
                        out,
                        "an amount of at most " + MOST_DIGITS + " digits before the point, as more couldn't be read");
            }
            out.writeStartObject();
            amount.write(exact.toPlainString(), out);
            currency.write(money.currency(), out);
            out.writeEndObject();
        }

        @Override
        public Object read(Json json, Place at) {
            if (!(json instanceof JsonObject object)) {
                throw at.expected("an object of amount and currency");
            }
            Currency unit = (Currency) requireNonNull(currency.read(object, at));
            String text = (String) requireNonNull(amount.read(object, at));
            try {
                return Money.of(text, unit);
            } catch (InvalidRequestException | ArithmeticException e) {
                at.enter(amount.name().getValue());
                throw at.expected(
                        "a decimal as a string, with at most " + unit.scale() + " decimals for " + unit.code());
            }
        }
    }
}
