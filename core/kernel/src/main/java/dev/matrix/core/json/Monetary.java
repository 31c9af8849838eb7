package dev.matrix.core.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import java.io.IOException;

/** Money and currencies, in the terms of one registry (money-tax.md, M9). */
final class Monetary {

    private static final String AMOUNT = "amount";
    private static final String CURRENCY = "currency";

    private Monetary() {}

    /** A currency by its code. What the registry doesn't hold is refused in both directions, as it couldn't be read again. */
    record CurrencyShape(Currencies registry) implements Shape<Object> {

        private static final String EXPECTED = "a currency code that is registered (Matrix.builder().currencies(…))";

        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            Currency currency = (Currency) value;
            if (registry.find(currency.code()).filter(currency::equals).isEmpty()) {
                throw JsonText.unwritable(out, EXPECTED, null);
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
    record MoneyShape(CurrencyShape currencies) implements Shape<Object> {

        @Override
        public void write(Object value, JsonGenerator out) throws IOException {
            Money money = (Money) value;
            out.writeStartObject();
            out.writeStringField(AMOUNT, money.amount().toPlainString());
            out.writeFieldName(CURRENCY);
            currencies.write(money.currency(), out);
            out.writeEndObject();
        }

        @Override
        public Object read(Json json, Place at) {
            if (!(json instanceof JsonObject object)) {
                throw at.expected("an object of amount and currency");
            }
            Currency currency = (Currency) member(object, CURRENCY, currencies, at);
            String amount = (String) member(object, AMOUNT, Scalars.STRING, at);
            try {
                return Money.of(amount, currency);
            } catch (InvalidRequestException | ArithmeticException e) {
                at.enter(AMOUNT);
                throw at.expected(
                        "a decimal as a string, with at most " + currency.scale() + " decimals for " + currency.code(),
                        e);
            }
        }

        private static Object member(JsonObject object, String name, Shape<Object> shape, Place at) {
            Json json = object.get(name);
            at.enter(name);
            if (json == null) {
                throw at.expected("a value; this member is required");
            }
            Object value = shape.read(json, at);
            at.leave();
            return value;
        }
    }
}
