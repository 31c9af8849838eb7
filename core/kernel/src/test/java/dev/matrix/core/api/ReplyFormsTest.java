package dev.matrix.core.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.spi.Stores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One operation with several forms of reply, one of them streamed. */
@Tag("H4")
class ReplyFormsTest {

    record Ask(String id) {}

    record Pending(String id) {}

    record Failed(String why) {}

    private static final class Exports implements ApiModule {

        @Override
        public String name() {
            return "exports";
        }

        @Override
        public List<Operation<?, ?>> operations() {
            return List.of(Operation.get(
                            "/v1/exports/{id}",
                            Ask.class,
                            Reply.either(Reply.json(Pending.class), Reply.json(Failed.class), Reply.media("text/csv")))
                    .id("getExport")
                    .tag("exports")
                    .summary("Reads an export.")
                    .anonymous("a test")
                    .example("pending", new Ask("exp_1"), new Pending("exp_1"))
                    .handle((q, context) -> q.id().equals("exp_done")
                            ? new ApiContent(
                                    "text/csv", new ApiBody.Stream(-1, out -> out.write("a,b\n".getBytes(UTF_8))))
                            : new Pending(q.id())));
        }
    }

    private final Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build();
    private final ApiDispatcher api = ApiDispatcher.on(matrix)
            .authenticator(new Keys())
            .modules(new Exports())
            .checkReplies(true)
            .build();

    private ApiResponse get(String path) {
        return api.handle(new ApiRequest(
                "GET", path, null, ApiHeaders.empty(), new ByteArrayInputStream(new byte[0]), "192.0.2.1"));
    }

    @Test
    void theHandlersValueDecidesTheForm() throws IOException {
        ApiResponse pending = get("/v1/exports/exp_1");
        assertThat(pending.headers().first("Content-Type")).isEqualTo("application/json");
        assertThat(pending.body())
                .isInstanceOfSatisfying(
                        ApiBody.Bytes.class,
                        bytes -> assertThat(bytes.content()).asString(UTF_8).isEqualTo("{\"id\":\"exp_1\"}"));

        ApiResponse done = get("/v1/exports/exp_done");
        assertThat(done.headers().first("Content-Type")).isEqualTo("text/csv");
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ((ApiBody.Stream) done.body()).writer().writeTo(written);
        assertThat(written.toString(UTF_8)).isEqualTo("a,b\n");
    }

    @Test
    void theCatalogueHasEachForm() {
        ApiCatalog catalog = api.catalog();
        Operation<?, ?> export = catalog.operations().stream()
                .filter(operation -> operation.id().equals("getExport"))
                .findFirst()
                .orElseThrow();

        assertThat(catalog.schema(export, catalog.newest()).replies())
                .extracting(OperationSchema.ReplySchema::mediaType)
                .contains("application/json", "text/csv");
        assertThat(catalog.types(catalog.newest())).containsKeys("Pending", "Failed");
    }
}
