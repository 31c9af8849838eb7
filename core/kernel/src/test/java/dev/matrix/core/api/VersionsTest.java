package dev.matrix.core.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.api.ApiBench.Answer;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonNumber;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.wire.ApiVersion;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dated versions: how they are chosen, and what they change. */
class VersionsTest {

    private static final ApiVersion SECOND = ApiVersion.of("2027-01-01");
    private static final ApiVersion THIRD = ApiVersion.of("2027-02-01");

    private static VersionChange[] changes() {
        return new VersionChange[] {
            new VersionChange(
                    SECOND,
                    "note became memo",
                    List.of(
                            new VersionChange.Renamed("Note", "note", "memo"),
                            new VersionChange.Renamed("CreateNote", "note", "memo"),
                            new VersionChange.Renamed("ChangeNote", "note", "memo"),
                            new VersionChange.Dropped("Note", "colour", new JsonString("blue")),
                            new VersionChange.Dropped("CreateNote", "colour", new JsonString("blue")))),
            new VersionChange(
                    THIRD,
                    "stars are counted, not named",
                    List.of(
                            new VersionChange.Introduced("Note", "version", null),
                            new VersionChange.Retyped(
                                    "Note",
                                    "stars",
                                    new Schema.Text(0, 9, null, null),
                                    VersionsTest::up,
                                    VersionsTest::down),
                            new VersionChange.Retyped(
                                    "CreateNote",
                                    "stars",
                                    new Schema.Text(0, 9, null, null),
                                    VersionsTest::up,
                                    VersionsTest::down),
                            new VersionChange.OperationRemoved("getNoteChart")))
        };
    }

    private static Json up(Json stars) {
        return new JsonNumber(
                java.math.BigDecimal.valueOf(((JsonString) stars).value().length()));
    }

    private static Json down(Json stars) {
        return new JsonString("*".repeat(((JsonNumber) stars).value().intValue()));
    }

    private final ApiBench bench = ApiBench.versioned(b -> b, changes());

    private Answer create(String version, String body) {
        return bench.post("/v1/notes", body)
                .as("alice")
                .header("Matrix-Version", version)
                .send();
    }

    @Test
    @Tag("H17")
    @Tag("C16")
    void eachVersionHasItsShapeAndAllOneValue() {
        Answer first = create("2026-11-01", "{\"note\":\"milk\",\"stars\":\"**\",\"colour\":\"red\"}");
        Answer second = create("2027-01-01", "{\"memo\":\"milk\",\"stars\":\"**\"}");
        Answer third = create("2027-02-01", "{\"memo\":\"milk\",\"stars\":2}");

        assertThat(first.body())
                .isEqualTo("{\"id\":\"note_1\",\"ownerType\":\"user\",\"ownerId\":\"u_alice\",\"note\":\"milk\","
                        + "\"title\":null,\"stars\":\"**\",\"labels\":{},\"colour\":\"blue\"}");
        assertThat(second.body())
                .isEqualTo("{\"id\":\"note_2\",\"ownerType\":\"user\",\"ownerId\":\"u_alice\",\"memo\":\"milk\","
                        + "\"title\":null,\"stars\":\"**\",\"labels\":{}}");
        assertThat(third.body())
                .contains("\"memo\":\"milk\"")
                .contains("\"stars\":2")
                .contains("\"version\":1");
        assertThat(first.header("Matrix-Version")).isEqualTo("2026-11-01");
        assertThat(bench.get("/v1/notes")
                        .as("alice")
                        .header("Matrix-Version", "2026-11-01")
                        .send()
                        .body())
                .contains("\"note\":\"milk\"")
                .doesNotContain("memo");
    }

    @Test
    @Tag("H17")
    void problemsSpeakTheCallersVersion() {
        Answer refused = create("2026-11-01", "{\"note\":\"refuse\",\"stars\":\"*\"}");
        Answer unknown = create("2026-11-01", "{\"memo\":\"a\",\"stars\":\"*\"}");

        assertThat(refused.body()).contains("\"pointer\":\"/note\",\"code\":\"taste\"");
        assertThat(unknown.body())
                .contains("\"pointer\":\"/note\",\"code\":\"required\"")
                .contains("\"pointer\":\"/memo\",\"code\":\"unknown\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "latest", "2020-01-01", "2026-11-02"})
    @Tag("H17")
    @Tag("C16")
    void unknownVersionsAreRefusedWithTheList(String version) {
        Answer answer = create(version, "{\"memo\":\"a\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("unsupported_version");
        assertThat(answer.body()).contains("\"supportedVersions\":[\"2027-02-01\",\"2027-01-01\",\"2026-11-01\"]");
        assertThat(bench.notes.ran).hasValue(0);
    }

    @Test
    @Tag("H17")
    void removedOperationsAreRetired() {
        assertThat(bench.get("/v1/notes/n.svg")
                        .as("alice")
                        .header("Matrix-Version", "2027-01-01")
                        .send()
                        .status())
                .isEqualTo(200);
        Answer retired = bench.get("/v1/notes/n.svg")
                .as("alice")
                .header("Matrix-Version", "2027-02-01")
                .send();
        assertThat(retired.status()).isEqualTo(410);
        assertThat(retired.code()).isEqualTo("operation_retired");
    }

    @Test
    @Tag("H17")
    @Tag("C16")
    void accountsKeepTheirPinUntilTheyReplaceIt() {
        bench.matrix
                .transactions()
                .inTransaction(tx -> bench.matrix
                        .stores()
                        .get(dev.matrix.core.spi.ApiPinStore.class)
                        .replace(tx, ApiBench.ALICE, ApiVersion.FIRST, bench.clock.instant()));
        assertThat(bench.get("/v1/notes").as("alice").send().header("Matrix-Version"))
                .isEqualTo("2026-11-01");
        assertThat(bench.get("/v1/notes").as("bob").send().header("Matrix-Version"))
                .isEqualTo("2027-02-01");

        Answer replaced = bench.ask("PUT", "/v1/me/api-version")
                .json("{\"version\":\"2027-01-01\"}")
                .as("alice")
                .send();

        assertThat(replaced.body()).startsWith("{\"version\":\"2027-01-01\",\"supportedVersions\":[\"2027-02-01\"");
        assertThat(bench.get("/v1/notes").as("alice").send().header("Matrix-Version"))
                .isEqualTo("2027-01-01");
        assertThat(bench.ask("PUT", "/v1/me/api-version")
                        .json("{\"version\":\"2027-01-02\"}")
                        .as("alice")
                        .send()
                        .code())
                .isEqualTo("unsupported_version");
    }

    @Test
    @Tag("H17")
    void aPrincipalsVersionGoesBeforeItsAccounts() {
        bench.keys.with("old", new ApiPrincipal("key_old", ApiBench.ALICE, Set.of("notes:read"), ApiVersion.FIRST));

        assertThat(bench.get("/v1/notes").as("old").send().header("Matrix-Version"))
                .isEqualTo("2026-11-01");
    }

    @Test
    @Tag("H17")
    @Tag("C16")
    void theEndIsAnnouncedAndKept() {
        Deprecation end = new Deprecation(
                LocalDate.parse("2026-01-01"), LocalDate.parse("2026-12-31"), URI.create("https://example.com/old"));
        ApiBench ending = ApiBench.versioned(b -> b.deprecate(ApiVersion.FIRST, end), changes());

        Answer old = ending.get("/v1/notes")
                .as("alice")
                .header("Matrix-Version", "2026-11-01")
                .send();
        assertThat(old.header("Deprecation")).isEqualTo("@1767225600");
        assertThat(old.header("Sunset")).isEqualTo("Thu, 31 Dec 2026 23:59:59 GMT");
        assertThat(old.header("Link")).isEqualTo("<https://example.com/old>; rel=\"deprecation\"");
        assertThat(ending.exchanges.get(0).deprecated()).isTrue();

        ending.clock.set(Instant.parse("2027-01-01T00:00:00Z"));
        Answer over = ending.get("/v1/notes")
                .as("alice")
                .header("Matrix-Version", "2026-11-01")
                .send();
        assertThat(over.code()).isEqualTo("version_retired");
        assertThat(over.body()).contains("supportedVersions");
        assertThat(ending.api.catalog().deprecation(ApiVersion.FIRST)).contains(end);
    }

    @Test
    @Tag("C16")
    void schemasExamplesAndChangesComeFromTheSameEdits() {
        ApiCatalog catalog = bench.api.catalog();
        Operation<?, ?> create = catalog.operations().get(0);

        assertThat(catalog.versions()).containsExactly(THIRD, SECOND, ApiVersion.FIRST);
        assertThat(catalog.changes()).extracting(VersionChange::version).containsExactly(THIRD, SECOND);
        assertThat(requireNonNull(catalog.schema(create, ApiVersion.FIRST).body())
                        .properties())
                .extracting(Schema.Property::name)
                .contains("note", "colour")
                .doesNotContain("memo");
        assertThat(String.valueOf(
                        catalog.examples(create, ApiVersion.FIRST).get(0).reply()))
                .contains("note")
                .doesNotContain("memo");
        assertThat(((Schema.Struct) requireNonNull(catalog.types(SECOND).get("Note"))).properties())
                .extracting(Schema.Property::name)
                .contains("memo", "stars")
                .doesNotContain("version", "colour");
        assertThat(bench.get("/v1/changelog").send().body())
                .contains("{\"version\":\"2027-01-01\",\"summary\":\"note became memo\"}");
        Operation<?, ?> chart = catalog.operations().stream()
                .filter(o -> o.id().equals("getNoteChart"))
                .findFirst()
                .orElseThrow();
        assertThat(catalog.has(chart, THIRD)).isFalse();
        assertThatThrownBy(() -> catalog.schema(chart, THIRD)).isInstanceOf(dev.matrix.core.NotFoundException.class);
    }

    @Test
    @Tag("H15")
    void aKeyIsOfOneVersion() {
        bench.post("/v1/notes", "{\"memo\":\"a\",\"stars\":\"*\"}")
                .as("alice")
                .header("Matrix-Version", "2027-01-01")
                .header("Idempotency-Key", "k")
                .send();

        assertThat(bench.post("/v1/notes", "{\"memo\":\"a\",\"stars\":1}")
                        .as("alice")
                        .header("Matrix-Version", "2027-02-01")
                        .header("Idempotency-Key", "k")
                        .send()
                        .code())
                .isEqualTo("idempotency_key_reused");
    }
}
