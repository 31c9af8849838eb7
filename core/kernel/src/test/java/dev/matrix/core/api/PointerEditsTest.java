package dev.matrix.core.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.Schema.Listing;
import dev.matrix.core.api.Schema.Maybe;
import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Schema.Reference;
import dev.matrix.core.api.Schema.Struct;
import dev.matrix.core.api.Schema.Text;
import dev.matrix.core.api.Schema.Union;
import dev.matrix.core.api.VersionChange.Renamed;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.money.Currencies;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pointers into requests are taken down with the names on their way. */
class PointerEditsTest {

    private static final Schema TEXT = new Text(0, 9, null, null);
    private static final Schema PAYMENT = new Union(Map.of("card", "PaymentCard", "cash", "PaymentCash"));
    private static final Struct ORDER = struct(
            new Property("buyer", new Maybe(new Reference("Buyer")), false, null, null),
            member("payments", new Listing(PAYMENT, 0, 9, false)),
            member("holder", TEXT));

    /** In the newer version: an order's buyer is no longer its client, a card's holder no longer its owner. */
    private final PointerEdits edits = new PointerEdits(
            Map.of(
                    "Buyer", struct(member("holder", TEXT)),
                    "PaymentCard", struct(member("holder", TEXT)),
                    "PaymentCash", struct(member("holder", TEXT))),
            Map.of(
                    "Order", List.of(new Renamed("Order", "client", "buyer")),
                    "PaymentCard", List.of(new Renamed("PaymentCard", "owner", "holder"))));

    private final Json order = JsonCodec.of(Currencies.standard())
            .parse(
                    "{\"payments\":[{\"type\":\"cash\",\"holder\":\"a\"},{\"type\":\"card\",\"holder\":\"b\"},{\"type\":\"gold\"}]}"
                            .getBytes(UTF_8));

    private static Struct struct(Property... properties) {
        return new Struct(null, Arrays.asList(properties), true);
    }

    private static Property member(String name, Schema schema) {
        return new Property(name, schema, true, null, null);
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/holder, /holder",
        "/buyer, /client",
        "/buyer/holder, /client/holder",
        "/payments/0/holder, /payments/0/holder",
        "/payments/1/holder, /payments/1/owner",
        "/payments/2/holder, /payments/2/holder",
        "/payments/3/holder, /payments/3/holder",
        "/payments/-/holder, /payments/-/holder",
        "/nowhere/holder, /nowhere/holder"
    })
    @Tag("H17")
    void memberNamesAreThoseOfTheCaseThatStandsThere(String newer, String older) {
        assertThat(edits.lower(newer, order, "Order", ORDER)).isEqualTo(older);
    }
}
