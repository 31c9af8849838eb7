package dev.matrix.devtools;

import static dev.matrix.devtools.Scenario.object;
import static dev.matrix.devtools.Scenario.string;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.matrix.core.NotFoundException;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonArray;
import dev.matrix.core.json.Json.JsonBoolean;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.Json.JsonString;
import dev.matrix.core.wire.ApiVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("D1")
class OpenApiTest {

    private final Gallery gallery = new Gallery();

    @AfterEach
    void close() {
        gallery.close();
    }

    @Test
    void everyOperationHasWhatReadersAndToolsNeed() {
        JsonObject document = document(true);
        assertThat(string(document, "openapi", "")).isEqualTo("3.1.1");
        Set<String> ids = new TreeSet<>();
        object(document, "paths")
                .members()
                .forEach((path, item) -> ((JsonObject) item).members().forEach((verb, each) -> {
                    JsonObject operation = (JsonObject) each;
                    ids.add(string(operation, "operationId", ""));
                    assertThat(operation.members())
                            .as(path)
                            .containsKeys("summary", "tags", "responses", "x-codeSamples", "x-sdk");
                    JsonObject responses = object(operation, "responses");
                    assertThat(responses.members().keySet())
                            .contains("429", "500", "default")
                            .allMatch(status -> status.matches("[1-5][0-9]{2}|default"));
                    if (operation.get("security") == null) {
                        assertThat(responses.members()).as(path).containsKeys("401", "403");
                    }
                    assertThat(Scenario.list(operation, "x-codeSamples")).hasSize(4);
                }));
        assertThat(ids).contains("createPicture", "listPictures", "getOpenApi", "getSdk", "getCaller", "publishEvent");
    }

    @Test
    void anOperationNamesItsScopeItsExamplesItsOwnCodesAndItsHeaders() {
        JsonObject create = object(object(object(document(true), "paths"), "/v1/pictures"), "post");
        assertThat(string(create, "x-scope", "")).isEqualTo("pictures:write");
        assertThat(text(object(create, "requestBody"))).contains("Composition VIII", "\"additionalProperties\":false");
        JsonObject responses = object(create, "responses");
        assertThat(text(object(responses, "201")))
                .contains("pic_1", "RateLimit-Policy", "Request-Id", "Idempotent-Replayed", "Location");
        assertThat(text(object(responses, "422"))).contains("wall_full", "No wall has room");
        assertThat(text(create)).contains("#/components/parameters/Key");
    }

    @Test
    void samplesCallTheOperationInFourLanguages() {
        JsonObject paths = object(document(true), "paths");
        String create = text(object(object(paths, "/v1/pictures"), "post"));
        assertThat(create)
                .contains("await matrix.pictures.create({", "reply = matrix.pictures.create(", "curl -X POST");
        String list = text(object(object(paths, "/v1/pictures"), "get"));
        assertThat(list)
                .contains("for await (const item of matrix.pictures.list({", "for item in matrix.pictures.list(");
        assertThat(text(object(object(paths, "/v1/pictures/{id}"), "get")))
                .contains("matrix.pictures.get(\\\"pic_1\\\")");
    }

    @Test
    void stringsArraysAndNumbersAreBoundedAndNoSchemaIsABoolean() {
        JsonObject document = document(true);
        object(object(document, "components"), "schemas").members().forEach(OpenApiTest::checkBounds);
        assertThat(text(document)).doesNotContain("\"nullable\"");
    }

    private static void checkBounds(String name, Json json) {
        if (!(json instanceof JsonObject schema)) {
            assertThat(json).as(name).isNotInstanceOf(JsonBoolean.class);
            return;
        }
        String type = Scenario.plain(schema.get("type")) + "";
        Set<String> keywords = schema.members().keySet();
        if (type.contains("string")) {
            assertThat(keywords).as(name).containsAnyOf("maxLength", "enum", "const");
        } else if (type.contains("array")) {
            assertThat(keywords).as(name).contains("maxItems");
        } else if (type.contains("integer") || type.contains("number")) {
            assertThat(keywords).as(name).contains("minimum", "maximum");
        }
        object(schema, "properties").members().forEach((member, each) -> checkBounds(name + "." + member, each));
        if (schema.get("items") != null) {
            checkBounds(name + "[]", schema.get("items"));
        }
        for (String keyword : new String[] {"anyOf", "oneOf"}) {
            Scenario.list(schema, keyword).forEach(each -> checkBounds(name, each));
        }
        if (schema.get("oneOf") != null) {
            assertThat(object(object(schema, "discriminator"), "mapping").members())
                    .as(name)
                    .isNotEmpty();
        }
    }

    @Test
    void webhooksListEveryEventTypeUnlessTheyAreUnwanted() {
        assertThat(object(document(true), "webhooks").members())
                .hasSize(gallery.dispatcher().catalog().events().size());
        assertThat(document(false).get("webhooks")).isNull();
        assertThat(text(document(true))).contains("onInvoicePaid");
    }

    @Test
    void allReferencesLeadToAComponentAndAllComponentsAreReferredTo() {
        for (boolean webhooks : new boolean[] {true, false}) {
            JsonObject document = document(webhooks);
            Set<String> referred = new TreeSet<>();
            collect(document, referred);
            Set<String> present = new TreeSet<>();
            object(document, "components").members().forEach((section, named) -> {
                if (!section.equals("securitySchemes")) {
                    ((JsonObject) named)
                            .members()
                            .keySet()
                            .forEach(name -> present.add("#/components/" + section + "/" + name));
                }
            });
            assertThat(referred).isEqualTo(present);
        }
    }

    private static void collect(Json json, Set<String> found) {
        if (json instanceof JsonObject object) {
            object.members().forEach((name, value) -> {
                if (value instanceof JsonString reference && reference.value().startsWith("#/components/")) {
                    found.add(reference.value());
                }
                collect(value, found);
            });
        } else if (json instanceof JsonArray array) {
            array.items().forEach(each -> collect(each, found));
        }
    }

    @Test
    @Tag("C18")
    void twoBuildsAreEqualBytes() {
        try (Gallery other = new Gallery()) {
            assertThat(other.tools().openApi(ApiVersion.FIRST, true))
                    .isEqualTo(gallery.tools().openApi(ApiVersion.FIRST, true));
        }
    }

    @Test
    void theDocumentIsServedCompressedWithAnEtag() throws IOException {
        ApiResponse plain = gallery.get("/v1/openapi.json", "");
        ApiResponse gzip =
                gallery.get("/v1/openapi.json", "version=2026-11-01&webhooks=true", "Accept-Encoding", "gzip, br");
        assertThat(plain.status()).isEqualTo(200);
        assertThat(gzip.headers().first("Content-Encoding")).isEqualTo("gzip");
        assertThat(gallery.get("/v1/openapi.json", "", "Accept-Encoding", "br, gzip; q=0")
                        .headers()
                        .first("Content-Encoding"))
                .isNull();
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes(gzip))).readAllBytes();
        assertThat(unpacked).isEqualTo(bytes(plain));
        String etag = gzip.headers().first("ETag");
        assertThat(etag).isNotNull().isNotEqualTo(plain.headers().first("ETag"));
        assertThat(gallery.get("/v1/openapi.json", "", "Accept-Encoding", "gzip", "If-None-Match", etag + "")
                        .status())
                .isEqualTo(304);
    }

    @Test
    void anUnknownVersionIsRefusedWithTheListOfThose() {
        ApiResponse reply = gallery.get("/v1/openapi.json", "version=2020-01-01");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(new String(bytes(reply), UTF_8)).contains("unsupported_version", "2026-11-01");
        assertThatThrownBy(() -> gallery.tools().openApi(ApiVersion.of("2020-01-01"), true))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> DeveloperTools.create().sdk(SdkLanguage.PYTHON))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Mount");
    }

    @Test
    @Tag("D2")
    void clientsAreServedAsFiles() {
        for (Map.Entry<String, String> each : Map.of(
                        "typescript",
                        "matrix.ts",
                        "javascript",
                        "matrix.mjs",
                        "python",
                        "matrix.py",
                        "curl",
                        "matrix.sh")
                .entrySet()) {
            ApiResponse reply = gallery.get("/v1/sdks/" + each.getKey(), "");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers().first("Content-Disposition")).contains(each.getValue());
            assertThat(reply.headers().first("ETag")).isNotNull();
        }
        assertThat(gallery.get("/v1/sdks/javascript", "module=commonjs")
                        .headers()
                        .first("Content-Disposition"))
                .contains("matrix.cjs");
        assertThat(gallery.get("/v1/sdks/cobol", "").status()).isEqualTo(404);
        Sdk sdk = gallery.tools().sdk(SdkLanguage.CURL);
        assertThat(sdk.fileName()).isEqualTo("matrix.sh");
        assertThat(sdk.sha256()).isEqualTo(Served.sha256(sdk.source().getBytes(UTF_8)));
    }

    @Test
    @Tag("api-lint")
    @Tag("C18")
    void redoclyHasNothingToSay(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("openapi.json"), gallery.tools().openApi(ApiVersion.FIRST, true));
        OpenApiLint.hasNothingToSay(file);
    }

    private JsonObject document(boolean webhooks) {
        return (JsonObject) Scenario.CODEC.parse(gallery.tools().openApi(ApiVersion.FIRST, webhooks));
    }

    private static String text(Json json) {
        return new String(Scenario.CODEC.write(json), UTF_8);
    }

    private static byte[] bytes(ApiResponse response) {
        return response.body() instanceof ApiBody.Bytes bytes ? bytes.content() : new byte[0];
    }
}
