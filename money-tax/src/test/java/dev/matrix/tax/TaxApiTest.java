package dev.matrix.tax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.Access;
import dev.matrix.core.api.ApiCredentials;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.Authentication;
import dev.matrix.core.api.Operation;
import dev.matrix.core.money.AppliedRate;
import dev.matrix.core.money.Conversion.Converted;
import dev.matrix.core.money.CurrencyConverter;
import dev.matrix.core.money.Freshness;
import dev.matrix.core.money.RateLeg;
import dev.matrix.core.money.RatePoint;
import dev.matrix.core.money.RateSide;
import dev.matrix.core.spi.Stores;
import dev.matrix.testkit.ManualClock;
import dev.matrix.testkit.OtherThread;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tax operations as callers see them, through a dispatcher that checks every reply against its schema. */
class TaxApiTest {

    private static final LocalDate LONG_AGO = LocalDate.of(2000, 1, 1);

    private final ManualClock clock = ManualClock.at("2026-03-02T10:00:00Z");
    private final Matrix matrix =
            Matrix.builder().stores(Stores.inMemory()).clock(clock).build();
    private final Taxes taxes = Taxes.on(matrix)
            .seller(SellerProfile.of("acme", Address.of("DE"))
                    .registered(TaxRegistration.local("DE", TaxId.parse("DE314159262"), LONG_AGO))
                    .registered(TaxRegistration.unionOss(LONG_AGO)))
            .converter(converter())
            .build();
    private final ApiDispatcher dispatcher = ApiDispatcher.on(matrix)
            .modules(taxes.api())
            .authenticator(TaxApiTest::caller)
            .checkReplies(true)
            .build();
    private final Wire wire = new Wire(matrix, dispatcher);

    /** Dollars at 1.25, fresh until 6 March. */
    private static CurrencyConverter converter() {
        return (source, target, query) -> {
            RateLeg leg = new RateLeg("fxs_1", "ecb", source.currency(), target, new BigDecimal("1.25"), false);
            LocalDate first = LocalDate.of(2026, 3, 1);
            AppliedRate rate =
                    AppliedRate.of(source.currency(), target, List.of(leg), RateSide.MID, BigDecimal.ZERO, first, 0);
            LocalDate day = ((RatePoint.OnDate) query.point()).day();
            return new Converted(
                    source,
                    rate.apply(source, RoundingMode.HALF_UP),
                    rate,
                    day.isAfter(first.plusDays(5)) ? Freshness.STALE : Freshness.FRESH);
        };
    }

    private static Authentication caller(ApiCredentials credentials) {
        String bearer = String.valueOf(credentials.bearer());
        boolean operator = bearer.equals("operator");
        Set<String> scopes =
                operator ? Set.of("tax:read", "tax:write", ApiPrincipal.OPERATE) : Set.of("tax:read", "tax:write");
        Owner owner = operator ? Owner.platform() : Owner.user(bearer);
        return new Authentication.Authenticated(new ApiPrincipal(bearer, owner, scopes, null));
    }

    private static String document(String more) {
        return "{\"sellerId\":\"acme\",\"currency\":\"EUR\",\"date\":\"2026-03-01\",\"buyer\":{\"ownerType\":\"user\","
                + "\"ownerId\":\"u_1\",\"kind\":\"consumer\",\"address\":{\"country\":\"FR\"}},\"items\":[{\"id\":\"seats\","
                + "\"amount\":{\"amount\":\"100.00\",\"currency\":\"EUR\"},\"category\":\"digital.saas\"}]" + more
                + "}";
    }

    private static String sale(String reference) {
        return "{\"request\":" + document("") + ",\"reference\":\"" + reference + "\"}";
    }

    private Wire.Answer call(String method, String target, String body) {
        return wire.call("operator", method, target, body);
    }

    private Wire.Answer get(String target) {
        return call("GET", target, "");
    }

    private String committed(String reference) {
        return call("POST", "/v1/tax/transactions", sale(reference)).text("id");
    }

    @Test
    void aDocumentIsCalculatedKeptAndCommittedOnce() {
        Wire.Answer calculated = call("POST", "/v1/tax/calculations", document(""));
        assertThat(calculated.status()).as(calculated.body()).isEqualTo(200);
        assertThat(calculated.text("totals", "tax", "amount")).isEqualTo("20.00");
        assertThat(calculated.text("groups", "0", "en16931Category")).isEqualTo("S");
        assertThat(calculated.text("expiresAt")).isEqualTo("2026-03-03T10:00:00Z");
        assertThat(calculated.body()).contains("\"trace\":[\"registrations: ");

        String commit = "{\"calculationId\":\"" + calculated.text("id") + "\",\"reference\":\"inv-1\"}";
        Wire.Answer committed = call("POST", "/v1/tax/transactions", commit);
        Wire.Answer again = call("POST", "/v1/tax/transactions", sale("inv-1"));
        assertThat(committed.status()).as(committed.body()).isEqualTo(201);
        assertThat(committed.text("ownerId")).isEqualTo("u_1");
        assertThat(committed.text("remaining", "amount")).isEqualTo("120.00");
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.text("id")).isEqualTo(committed.text("id"));
        assertThat(call("POST", "/v1/tax/transactions", sale("inv-1").replace("100.00", "99.00"))
                        .status())
                .isEqualTo(409);

        assertThat(get("/v1/tax/transactions/" + committed.text("id")).body()).isEqualTo(committed.body());
        assertThat(get("/v1/tax/transactions?sellerId=acme").text("items", "0", "id"))
                .isEqualTo(committed.text("id"));
        assertThat(get("/v1/tax/transactions?sellerId=acme&ownerType=user&ownerId=u_2")
                        .body())
                .startsWith("{\"items\":[]");
    }

    @Test
    @Tag("TA8")
    void ofSimultaneousFirstCommitsOneIsTheFirst() {
        List<OtherThread<Wire.Answer>> callers = Stream.generate(
                        () -> OtherThread.running(() -> call("POST", "/v1/tax/transactions", sale("inv-1"))))
                .limit(8)
                .toList();
        List<Wire.Answer> answers = callers.stream().map(OtherThread::join).toList();

        assertThat(answers)
                .extracting(Wire.Answer::status)
                .containsOnly(200, 201)
                .containsOnlyOnce(201);
        assertThat(answers)
                .extracting(Wire.Answer::body)
                .containsOnly(answers.get(0).body());
    }

    @Test
    void aKeptCalculationExpires() {
        String id = call("POST", "/v1/tax/calculations", document("")).text("id");
        clock.advance(Taxes.KEPT);

        Wire.Answer late =
                call("POST", "/v1/tax/transactions", "{\"calculationId\":\"" + id + "\",\"reference\":\"inv-1\"}");

        assertThat(late.status()).isEqualTo(422);
        assertThat(late.body()).contains("calculate it again");
    }

    @Test
    @Tag("TA9")
    void aReversalIsWholeByLineOrByAmountAndRepeatedByItsReference() {
        String target = "/v1/tax/transactions/" + committed("inv-1") + "/reversals";
        String part = "{\"reference\":\"r1\",\"gross\":{\"amount\":\"12.00\",\"currency\":\"EUR\"}}";
        Wire.Answer flat = call("POST", target, part);
        assertThat(flat.status()).as(flat.body()).isEqualTo(201);
        assertThat(flat.text("groups", "0", "tax", "amount")).isEqualTo("2.00");
        assertThat(flat.text("lines", "0", "net", "amount")).isEqualTo("10.00");
        assertThat(flat.text("remaining", "amount")).isEqualTo("108.00");
        Wire.Answer again = call("POST", target, part);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(flat.body());
        assertThat(call("POST", target, part.replace("12.00", "13.00")).status())
                .isEqualTo(409);

        Wire.Answer line = call(
                "POST",
                target,
                "{\"reference\":\"r2\",\"lines\":[{\"id\":\"seats\",\"gross\":{\"amount\":\"6.00\",\"currency\":\"EUR\"}}]}");
        assertThat(line.text("remaining", "amount")).as(line.body()).isEqualTo("102.00");
        Wire.Answer rest = call("POST", target, "{\"reference\":\"r3\",\"full\":true}");
        assertThat(rest.text("tax", "amount")).as(rest.body()).isEqualTo("17.00");
        assertThat(rest.text("remaining", "amount")).isEqualTo("0.00");
        assertThat(call("POST", target, "{\"reference\":\"r4\",\"full\":true}").status())
                .isEqualTo(409);
        assertThat(call("POST", target, "{\"reference\":\"r5\",\"full\":false}").status())
                .isEqualTo(422);
        assertThat(call("POST", target, part.replace("r1", "r6").replace("EUR", "USD"))
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"country\":\"FR\"      | \"country\":\"XX\"         | unprocessable",
                "\"country\":\"FR\"      | \"country\":\"BR\"         | tax_undetermined",
                "\"country\":\"FR\"      | \"country\":\"US\"         | tax_undetermined",
                "\"address\":{\"country\":\"FR\"} | \"evidence\":[]   | tax_undetermined",
                "\"amount\":\"100.00\"   | \"amount\":\"100.001\"     | unprocessable",
                "\"amount\":\"100.00\"   | \"amount\":\"-1.00\"       | unprocessable",
                "\"amount\":\"100.00\"   | \"amount\":100.00          | invalid_request",
                "\"amount\":\"100.00\"   | \"amount\":1e2             | invalid_request",
                "\"amount\":\"100.00\"   | \"amount\":-0              | invalid_request",
                "\"amount\":\"100.00\"   | \"amount\":\"1e2\"         | invalid_request",
                "\"amount\":\"100.00\"   | \"amount\":\"+1.00\"       | invalid_request",
                "\"EUR\",\"date\"        | \"XXX\",\"date\"           | invalid_request",
                "\"EUR\",\"date\"        | \"USD\",\"date\"           | unprocessable",
                "\"sellerId\":\"acme\"   | \"sellerId\":\"other\"     | unprocessable",
                "\"date\":\"2026-03-01\" | \"kind\":\"invoice\"       | unprocessable",
                "\"digital.saas\"        | \"Digital SaaS\"           | invalid_request"
            })
    void whatCannotBeTaxedIsRefusedAndNeverZero(String right, String wrong, String code) {
        Wire.Answer answer = call("POST", "/v1/tax/calculations", document("").replace(right, wrong));

        assertThat(answer.text("code")).as(answer.body()).isEqualTo(code);
    }

    @Test
    @Tag("TD1")
    void whatIsUndeterminedSaysItsCauseAndItsSteps() {
        Wire.Answer answer = call("POST", "/v1/tax/calculations", document("").replace("FR", "US"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("cause")).isEqualTo("region_required");
        assertThat(answer.body()).contains("\"trace\":[\"");
    }

    @Test
    @Tag("X7")
    void aStaleTaxCurrencyRateIsCalculatedAndNotCommitted() {
        String usd = document(",\"taxCurrency\":\"USD\"");
        Wire.Answer fresh = call("POST", "/v1/tax/calculations", usd);
        assertThat(fresh.text("totals", "taxInTaxCurrency", "amount")).isEqualTo("25.00");
        assertThat(fresh.text("taxCurrencyRateOn")).isEqualTo("2026-03-01");

        String stale = usd.replace("2026-03-01", "2026-03-09");
        assertThat(call("POST", "/v1/tax/calculations", stale).body()).contains("stale_rate");
        Wire.Answer refused =
                call("POST", "/v1/tax/transactions", "{\"request\":" + stale + ",\"reference\":\"inv-1\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("rate_stale");
    }

    @Test
    @Tag("TD9")
    void aThresholdInACurrencyThatTheHostDoesNotKnowHindersNoCommit() {
        String norwegian = sale("inv-1").replace("FR", "NO").replace("100.00", "1000000.00");
        Wire.Answer committed = call("POST", "/v1/tax/transactions", norwegian);

        assertThat(committed.status()).as(committed.body()).isEqualTo(201);
        assertThat(committed.body()).contains("threshold_unknown");
    }

    @Test
    @Tag("TD11")
    void certificatesAreHandedInAndCountOnceAnOperatorSaysSo() {
        String body = "{\"number\":\"C-7\",\"reason\":\"Embassy\",\"percent\":\"50\",\"jurisdictions\":[\"FR\"],"
                + "\"from\":\"2026-01-01\",\"to\":\"2026-12-31\"}";
        Wire.Answer created = wire.call("u_1", "POST", "/v1/tax/exemptions", body);
        String target = "/v1/tax/exemptions/" + created.text("id");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.text("status")).isEqualTo("pending");
        assertThat(wire.call("u_1", "POST", target + "/activations", "").text("code"))
                .isEqualTo("access_denied");
        assertThat(wire.call("u_2", "POST", target + "/activations", "").text("code"))
                .isEqualTo("access_denied");
        assertThat(call("POST", "/v1/tax/calculations", document("")).text("totals", "tax", "amount"))
                .isEqualTo("20.00");

        assertThat(call("POST", target + "/activations", "").text("status")).isEqualTo("active");
        assertThat(call("POST", target + "/activations", "").status()).isEqualTo(409);
        assertThat(call("POST", "/v1/tax/calculations", document("")).text("totals", "tax", "amount"))
                .isEqualTo("10.00");

        assertThat(wire.call("u_1", "GET", "/v1/tax/exemptions", "").text("items", "0", "number"))
                .isEqualTo("C-7");
        assertThat(get("/v1/tax/exemptions?ownerType=user&ownerId=u_1&expiringBefore=2027-01-01")
                        .text("items", "0", "number"))
                .isEqualTo("C-7");
        assertThat(get("/v1/tax/exemptions?expiringBefore=2026-12-31").body()).startsWith("{\"items\":[]");
        assertThat(call("POST", target + "/revocations", "{\"from\":\"2026-03-01\"}")
                        .text("revokedFrom"))
                .isEqualTo("2026-03-01");
        assertThat(call("POST", "/v1/tax/calculations", document("")).text("totals", "tax", "amount"))
                .isEqualTo("20.00");
        assertThat(wire.call("u_1", "POST", "/v1/tax/exemptions", body.replace("\"50\"", "\"101\""))
                        .status())
                .isEqualTo(422);
    }

    @Test
    @Tag("TD11")
    void overlappingCertificatesDoNotAddUp() {
        for (String percent : List.of("50", "60")) {
            String id = wire.call(
                            "u_1",
                            "POST",
                            "/v1/tax/exemptions",
                            "{\"number\":\"C\",\"reason\":\"R\",\"percent\":\"" + percent
                                    + "\",\"from\":\"2026-01-01\"}")
                    .text("id");
            call("POST", "/v1/tax/exemptions/" + id + "/activations", "");
        }

        assertThat(call("POST", "/v1/tax/calculations", document("")).text("totals", "tax", "amount"))
                .isEqualTo("8.00");
    }

    @Test
    void ratesAreListedByPlaceCategoryAndDayInPagesAndAdded() {
        Wire.Answer first = get("/v1/tax/rates?country=DE&limit=1");
        Wire.Answer second = get("/v1/tax/rates?country=DE&limit=1&cursor=" + first.text("nextCursor"));
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(second.text("items", "0", "id")).isNotEqualTo(first.text("items", "0", "id"));
        assertThat(get("/v1/tax/rates?country=US&region=TX&category=digital").text("items", "0", "fraction"))
                .isEqualTo("0.8");
        assertThat(get("/v1/tax/rates?country=DE&category=standard&date=2020-07-01")
                        .text("items", "0", "ratePercent"))
                .isEqualTo("16");
        assertThat(get("/v1/tax/rates?country=ZZ").status()).isEqualTo(422);
        assertThat(get("/v1/tax/rates?region=TX").status()).isEqualTo(422);

        String rate =
                "{\"jurisdiction\":\"FR\",\"type\":\"vat\",\"category\":\"digital.press\",\"ratePercent\":\"2.1\","
                        + "\"reason\":\"reduced\",\"validFrom\":\"2020-01-01\",\"source\":\"CGI art. 298 septies\"}";
        assertThat(wire.call("u_1", "POST", "/v1/tax/rates", rate).text("code")).isEqualTo("access_denied");
        assertThat(call("POST", "/v1/tax/rates", rate.replace("\"2.1\"", "\"0\""))
                        .status())
                .isEqualTo(422);
        assertThat(call("POST", "/v1/tax/rates", rate).status()).isEqualTo(201);
        assertThat(call("POST", "/v1/tax/calculations", document("").replace("digital.saas", "digital.press"))
                        .text("totals", "tax", "amount"))
                .isEqualTo("2.10");
    }

    @Test
    void registrationsAreReplacedAndThoseOfTheWiringStay() {
        String own = "{\"sellerId\":\"acme\",\"registrations\":[{\"jurisdiction\":\"NO\",\"scheme\":\"simplified\","
                + "\"taxId\":\"NO931415921MVA\",\"from\":\"2026-01-01\"}]}";
        Wire.Answer replaced = call("PUT", "/v1/tax/registrations", own);
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        Wire.Answer listed = get("/v1/tax/registrations?sellerId=acme");
        assertThat(listed.body()).isEqualTo(replaced.body());
        assertThat(listed.text("items", "0", "jurisdiction")).isEqualTo("DE");
        assertThat(listed.text("items", "2", "jurisdiction")).isEqualTo("NO");
        assertThat(listed.body()).contains("\"wired\":true").contains("\"wired\":false");
        assertThat(call("POST", "/v1/tax/calculations", document("").replace("FR", "NO"))
                        .text("totals", "tax", "amount"))
                .isEqualTo("25.00");

        assertThat(call("PUT", "/v1/tax/registrations", own.replace("acme", "other"))
                        .status())
                .isEqualTo(404);
        assertThat(call("PUT", "/v1/tax/registrations", own.replace("\"NO\"", "\"EU\""))
                        .status())
                .isEqualTo(422);
        assertThat(call("PUT", "/v1/tax/registrations", "{\"sellerId\":\"acme\",\"registrations\":[]}")
                        .body())
                .doesNotContain("NO931415921MVA");
        assertThat(wire.call("u_1", "GET", "/v1/tax/registrations?sellerId=acme", "")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void thresholdsAndWhatIsFiledAreListed() {
        committed("inv-1");
        assertThat(get("/v1/tax/thresholds").body()).contains("\"id\":\"EU-DISTANCE\"");
        Wire.Answer filed = get("/v1/tax/summaries?sellerId=acme&from=2026-03-01&to=2026-03-31");
        assertThat(filed.text("items", "0", "jurisdiction")).as(filed.body()).isEqualTo("FR");
        assertThat(filed.text("items", "0", "tax", "amount")).isEqualTo("20.00");
        assertThat(get("/v1/tax/summaries?sellerId=acme&from=2026-03-31&to=2026-03-01")
                        .status())
                .isEqualTo(422);
        assertThat(wire.call("u_1", "GET", "/v1/tax/summaries?sellerId=acme&from=2026-03-01&to=2026-03-31", "")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void buyersSeeTheirOwnAndOverrideNothing() {
        String id = committed("inv-1");
        assertThat(wire.call("u_1", "GET", "/v1/tax/transactions/" + id, "").status())
                .isEqualTo(200);
        assertThat(wire.call("u_2", "GET", "/v1/tax/transactions/" + id, "").status())
                .isEqualTo(404);
        assertThat(wire.call("u_2", "GET", "/v1/tax/transactions?sellerId=acme", "")
                        .body())
                .startsWith("{\"items\":[]");
        assertThat(wire.call("u_2", "POST", "/v1/tax/calculations", document(""))
                        .status())
                .isEqualTo(404);
        String override = document(",\"overrides\":[{\"item\":\"seats\",\"reason\":\"exempt_product\"}]");
        assertThat(wire.call("u_1", "POST", "/v1/tax/calculations", override).status())
                .isEqualTo(403);
        assertThat(call("POST", "/v1/tax/calculations", override).text("totals", "tax", "amount"))
                .isEqualTo("0.00");
        String kept = call("POST", "/v1/tax/calculations", document("")).text("id");
        String commit = "{\"calculationId\":\"" + kept + "\",\"reference\":\"inv-2\"}";
        for (String buyer : List.of("u_1", "u_2")) {
            assertThat(wire.call(buyer, "POST", "/v1/tax/transactions", commit).text("code"))
                    .isEqualTo("access_denied");
        }
    }

    @Test
    @Tag("H11")
    void aBuyerCannotWriteTheSellersLedger() {
        String sold = committed("inv-1");
        String filed = "/v1/tax/summaries?sellerId=acme&from=2026-01-01&to=2026-12-31";
        String before = get(filed).body();
        String huge = sale("cn-1")
                .replace("\"100.00\"", "\"5000000000.00\"")
                .replace("\"currency\":\"EUR\",\"date\"", "\"kind\":\"credit_note\",\"currency\":\"EUR\",\"date\"");

        assertThat(wire.call("u_1", "POST", "/v1/tax/transactions", huge).text("code"))
                .isEqualTo("access_denied");
        assertThat(wire.call(
                                "u_1",
                                "POST",
                                "/v1/tax/transactions/" + sold + "/reversals",
                                "{\"reference\":\"r1\",\"full\":true}")
                        .text("code"))
                .isEqualTo("access_denied");

        assertThat(get(filed).body()).isEqualTo(before);
    }

    /** Only an operator commits calculations, so only its own are worth a row. */
    @Test
    @Tag("H11")
    void aBuyersCalculationIsNotKept() {
        Wire.Answer answer = wire.call("u_1", "POST", "/v1/tax/calculations", document(""));

        assertThat(answer.text("totals", "tax", "amount")).isEqualTo("20.00");
        assertThat(answer.body()).startsWith("{\"id\":null,\"expiresAt\":null,");
    }

    @Test
    @Tag("TD11")
    void aHolderHasTwentyCertificatesThatWaitAtMost() {
        String body = "{\"number\":\"C-7\",\"reason\":\"Embassy\",\"from\":\"2026-01-01\"}";
        String last = "";
        for (int i = 0; i < 20; i++) {
            last = wire.call("u_1", "POST", "/v1/tax/exemptions", body).text("id");
        }

        assertThat(wire.call("u_1", "POST", "/v1/tax/exemptions", body).status())
                .isEqualTo(409);
        assertThat(wire.call("u_2", "POST", "/v1/tax/exemptions", body).status())
                .isEqualTo(201);
        call("POST", "/v1/tax/exemptions/" + last + "/activations", "");
        assertThat(wire.call("u_1", "POST", "/v1/tax/exemptions", body).status())
                .isEqualTo(201);
    }

    @Test
    void theOperationsAreThoseOfTheContractEachWithItsScope() {
        assertThat(taxes.api().operations())
                .extracting(operation -> operation.id() + " "
                        + ((Access.Scope) operation.access().orElseThrow()).name())
                .containsExactlyInAnyOrder(
                        "calculateTax tax:read",
                        "createTaxTransaction tax:write",
                        "listTaxTransactions tax:read",
                        "getTaxTransaction tax:read",
                        "reverseTaxTransaction tax:write",
                        "createTaxExemption tax:write",
                        "listTaxExemptions tax:read",
                        "activateTaxExemption tax:write",
                        "revokeTaxExemption tax:write",
                        "listTaxRates tax:read",
                        "createTaxRate tax:write",
                        "listTaxRegistrations tax:read",
                        "replaceTaxRegistrations tax:write",
                        "listTaxThresholds tax:read",
                        "listTaxSummaries tax:read",
                        "validateTaxId tax:read");
        assertThat(taxes.api().operations()).extracting(Operation::tag).containsOnly("tax");
    }
}
