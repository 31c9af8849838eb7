package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.memory.MemoryTable;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.wire.Default;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the operations of an area share, by an area of boxes. */
class ApiAreaTest {

    private static final Owner ALICE = Owner.user("u_alice");
    private static final Owner BOB = Owner.user("u_bob");

    record Box(String id, Owner owner, boolean sealed) {}

    record NewBox(String id, @Default("false") boolean sealed) {}

    record BoxId(String id) {}

    /** Operations on boxes. */
    private record Boxes(ApiArea area, MemoryTable<String, Box> rows) implements ApiModule {

        @Override
        public String name() {
            return "boxes";
        }

        @Override
        public List<Operation<?, ?>> operations() {
            Box example = new Box("box_1", ALICE, false);
            return List.of(
                    area.writing(
                                    Operation.post("/v1/boxes", NewBox.class, Reply.json(Box.class)),
                                    "createBox",
                                    "Puts a box there and shows it.")
                            .byOwners()
                            .example("one", new NewBox("box_1", false), example)
                            .handle(this::create),
                    area.reading(
                                    Operation.get("/v1/boxes/{id}", BoxId.class, Reply.json(Box.class)),
                                    "getBox",
                                    "Shows a box.")
                            .example("one", new BoxId("box_1"), example)
                            .handle(this::get),
                    area.writing(
                                    Operation.delete("/v1/boxes/{id}", BoxId.class, Reply.none()),
                                    "deleteBox",
                                    "Takes a box away.")
                            .byOwners()
                            .example("one", new BoxId("box_1"), null)
                            .handle(this::delete));
        }

        private Box create(NewBox wanted, ApiContext context) {
            if (wanted.sealed()) {
                area.requireOperator(context, "may seal a box");
            }
            Owner owner = context.ownerFilter(null).orElse(BOB);
            rows.put(context.tx(), wanted.id(), new Box(wanted.id(), owner, wanted.sealed()));
            return get(new BoxId(wanted.id()), context);
        }

        private Box get(BoxId wanted, ApiContext context) {
            return area.visible(
                    context,
                    "box",
                    wanted.id(),
                    area.within(context, tx -> Optional.ofNullable(rows.get(tx, wanted.id()))),
                    Box::owner);
        }

        @Nullable
        private Void delete(BoxId wanted, ApiContext context) {
            Owner owner = area.owner(
                    context,
                    "box",
                    wanted.id(),
                    tx -> Optional.ofNullable(rows.get(tx, wanted.id())).map(Box::owner));
            Box box = rows.get(context.tx(), wanted.id());
            if (box == null || !box.owner().equals(owner)) {
                throw new dev.matrix.core.NotFoundException("No box " + wanted.id() + ".");
            }
            rows.remove(context.tx(), wanted.id());
            return null;
        }
    }

    private final Matrix matrix = Matrix.builder().stores(Stores.inMemory()).build();
    private final ApiDispatcher api = ApiDispatcher.on(matrix)
            .modules(new Boxes(ApiArea.of("boxes", matrix.transactions()), new MemoryTable<>()))
            .authenticator(new Keys()
                    .with("alice", key("key_a", ALICE, "boxes:read", "boxes:write"))
                    .with("bob", key("key_b", BOB, "boxes:read", "boxes:write"))
                    .with("reader", key("key_r", ALICE, "boxes:read"))
                    .with("root", key("key_o", Owner.platform(), "boxes:read", "boxes:write", ApiPrincipal.OPERATE)))
            .checkReplies(true)
            .build();

    private static ApiPrincipal key(String id, Owner owner, String... scopes) {
        return new ApiPrincipal(id, owner, Set.of(scopes), null);
    }

    private record Answer(int status, String text) {}

    private Answer send(String key, String method, String path, String body) {
        ApiHeaders headers = ApiHeaders.empty().with("Authorization", "Bearer " + key);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ApiResponse response = api.handle(new ApiRequest(
                method,
                path,
                null,
                body.isEmpty() ? headers : headers.with("Content-Type", "application/json"),
                new ByteArrayInputStream(bytes),
                "192.0.2.1"));
        String text =
                response.body() instanceof ApiBody.Bytes read ? new String(read.content(), StandardCharsets.UTF_8) : "";
        return new Answer(response.status(), text);
    }

    private static String withoutRequestId(Answer answer) {
        return answer.text().replaceAll("req_[a-z0-9]+", "");
    }

    private Answer create(String key, String body) {
        return send(key, "POST", "/v1/boxes", body);
    }

    private Answer get(String key, String id) {
        return send(key, "GET", "/v1/boxes/" + id, "");
    }

    private Answer delete(String key, String id) {
        return send(key, "DELETE", "/v1/boxes/" + id, "");
    }

    @Test
    @Tag("H10")
    void operationsHaveTheScopesAndTheTagOfTheirArea() {
        assertThat(create("reader", "{\"id\":\"b\"}").status()).isEqualTo(403);
        assertThat(create("alice", "{\"id\":\"b\"}").status()).isEqualTo(201);
        assertThat(get("reader", "b").status()).isEqualTo(200);
    }

    @Test
    void aWriteSeesWhatItHasWrittenAndAReadWhatIsCommitted() {
        assertThat(create("alice", "{\"id\":\"b\"}").text()).contains("\"id\":\"b\"");
        assertThat(get("alice", "b").text()).contains("\"id\":\"b\"");
    }

    @Test
    @Tag("H11")
    void anothersRowIsRefusedAsOneThatDoesNotExist() {
        create("alice", "{\"id\":\"b\"}");

        Answer anothers = get("bob", "b");
        assertThat(anothers.status()).isEqualTo(404);
        assertThat(withoutRequestId(anothers)).isEqualTo(withoutRequestId(get("bob", "c")));
        assertThat(delete("bob", "b").status()).isEqualTo(404);
        assertThat(get("root", "b").status()).isEqualTo(200);
    }

    @Test
    @Tag("H11")
    void anOperatorsCallIsForTheOwnerThatTheRowNames() {
        create("alice", "{\"id\":\"b\"}");

        assertThat(delete("root", "c").status()).isEqualTo(404);
        assertThat(delete("root", "b").status()).isEqualTo(204);
        assertThat(get("alice", "b").status()).isEqualTo(404);
    }

    @Test
    @Tag("H11")
    void whatIsAnOperatorsIsRefusedToOthersInWords() {
        Answer refused = create("alice", "{\"id\":\"b\",\"sealed\":true}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("access_denied").contains("Only an operator may seal a box.");
        assertThat(create("root", "{\"id\":\"b\",\"sealed\":true}").status()).isEqualTo(201);
    }
}
