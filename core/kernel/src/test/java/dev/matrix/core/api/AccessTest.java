package dev.matrix.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.api.ApiBench.Answer;
import dev.matrix.core.wire.ApiVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may call what, for whom. */
class AccessTest {

    private final ApiBench bench = ApiBench.create();

    private List<Operation<?, ?>> guarded() {
        return bench.api.catalog().operations().stream()
                .filter(o -> !(o.access().orElseThrow() instanceof Access.Anonymous))
                .toList();
    }

    private ApiBench.Ask example(Operation<?, ?> operation) {
        ApiExample example =
                bench.api.catalog().examples(operation, ApiVersion.FIRST).get(0);
        String query = example.query().isEmpty() ? "" : "?" + example.query();
        ApiBench.Ask ask = bench.ask(operation.method(), example.path() + query);
        return example.body() == null
                ? ask
                : ask.json(new String(bench.matrix.json().write(example.body()), StandardCharsets.UTF_8));
    }

    @Test
    @Tag("H10")
    @Tag("C9")
    void withoutAGoodKeyEveryOperationGivesOneAndTheSameRefusal() {
        Set<String> bodies = new java.util.HashSet<>();
        for (Operation<?, ?> operation : guarded()) {
            List<Answer> answers = List.of(
                    example(operation).send(),
                    example(operation).as("wrong").send(),
                    example(operation).header("Authorization", "Basic YTpi").send(),
                    example(operation)
                            .as("alice")
                            .header("Authorization", "Bearer bob")
                            .send());
            for (Answer answer : answers) {
                assertThat(answer.status()).as(operation.id()).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
                bodies.add(answer.body().replace(answer.header("Request-Id"), ""));
            }
        }
        assertThat(bodies).hasSize(1);
    }

    @Test
    @Tag("C9")
    void aKeyInTheQueryIsNone() {
        assertThat(bench.get("/v1/notes?access_token=alice&key=alice").send().status())
                .isEqualTo(401);
    }

    @Test
    @Tag("H10")
    @Tag("C9")
    void scopesMatchExactly() {
        bench.keys.with("none", new ApiPrincipal("key_n", ApiBench.ALICE, Set.of("notes", "notes:*"), null));
        for (Operation<?, ?> operation : guarded()) {
            Answer answer = example(operation).as("none").send();
            if (operation.access().orElseThrow() instanceof Access.Scope) {
                assertThat(answer.status()).as(operation.id()).isEqualTo(403);
                assertThat(answer.code()).isEqualTo("insufficient_scope");
            } else {
                assertThat(answer.status()).as(operation.id()).isLessThan(300);
            }
        }
    }

    @Test
    @Tag("H10")
    void credentialsThatCannotBeCheckedAreUnavailable() {
        Answer answer = bench.get("/v1/notes").as("outage").send();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    @Tag("H11")
    @Tag("C10")
    void anothersRowIsAsUnknownAsNone() {
        String id = bench.note("mine");
        for (String method : List.of("GET", "DELETE")) {
            Answer others = bench.ask(method, "/v1/notes/" + id)
                    .as("bob")
                    .header("Request-Id", "r")
                    .send();
            Answer random = bench.ask(method, "/v1/notes/note_none")
                    .as("bob")
                    .header("Request-Id", "r")
                    .send();
            assertThat(others.status()).isEqualTo(404);
            assertThat(others.body()).isEqualTo(random.body());
        }
        assertThat(bench.get("/v1/notes/" + id).as("root").send().status()).isEqualTo(200);
    }

    @Test
    @Tag("H11")
    void ownersMayBeLeftOutButNotBeOthers() {
        String forBob = "{\"memo\":\"a\",\"ownerType\":\"user\",\"ownerId\":\"u_bob\"}";

        assertThat(bench.post("/v1/notes", "{\"memo\":\"a\"}")
                        .as("alice")
                        .send()
                        .member("ownerId"))
                .isEqualTo("u_alice");
        assertThat(bench.post("/v1/notes", forBob).as("alice").send().status()).isEqualTo(404);
        assertThat(bench.post("/v1/notes", forBob).as("bob").send().status()).isEqualTo(201);
        assertThat(bench.get("/v1/notes?ownerType=user&ownerId=u_bob")
                        .as("alice")
                        .send()
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Tag("H11")
    void operatorsActForEverybodyAndNameWhom() {
        bench.note("a");
        Answer unnamed = bench.post("/v1/notes", "{\"memo\":\"a\"}").as("root").send();
        Answer named = bench.post("/v1/notes", "{\"memo\":\"a\",\"ownerType\":\"USER\",\"ownerId\":\"u_bob\"}")
                .as("root")
                .send();

        assertThat(unnamed.status()).isEqualTo(400);
        assertThat(unnamed.body()).contains("\"pointer\":\"/ownerType\",\"code\":\"required\"");
        assertThat(named.member("ownerId")).isEqualTo("u_bob");
        assertThat(bench.get("/v1/notes").as("root").send().body())
                .contains("u_alice")
                .contains("u_bob");
        assertThat(bench.get("/v1/notes?ownerType=user&ownerId=u_bob")
                        .as("root")
                        .send()
                        .body())
                .doesNotContain("u_alice");
    }

    @Test
    void guardsComeAfterTheScope() {
        ApiBench guarded = ApiBench.with(b ->
                b.guard((principal, operation, address, now) -> principal.id().equals("key_b")
                        ? new dev.matrix.core.api.GuardVerdict.Refuse("verification_required")
                        : new dev.matrix.core.api.GuardVerdict.Admit()));

        assertThat(guarded.get("/v1/notes").as("bob").send().code()).isEqualTo("verification_required");
        assertThat(guarded.get("/v1/notes").as("alice").send().status()).isEqualTo(200);
    }

    @Test
    void listenersHearOfEachExchangeWithoutItsSecrets() {
        String id = bench.note("milk");
        bench.get("/v1/notes/" + id).as("wrong-secret").send();

        assertThat(bench.exchanges).hasSize(2);
        assertThat(bench.exchanges.get(0))
                .satisfies(e -> assertThat(e.operation()).isEqualTo("createNote"))
                .satisfies(e -> assertThat(e.account()).isEqualTo(ApiBench.ALICE))
                .satisfies(e -> assertThat(e.bytesIn()).isEqualTo(15))
                .satisfies(e -> assertThat(e.version()).isEqualTo(ApiVersion.FIRST));
        assertThat(bench.exchanges.get(1))
                .satisfies(e -> assertThat(e.code()).isEqualTo("unauthenticated"))
                .satisfies(e -> assertThat(e.route()).isEqualTo("/v1/notes/{id}"))
                .satisfies(e ->
                        assertThat(e.toString()).doesNotContain("wrong-secret").doesNotContain(id));
    }

    @Test
    void authenticatorsAnswerInTurn() {
        var chain = dev.matrix.core.api.ApiAuthenticator.firstOf(
                c -> new dev.matrix.core.api.Authentication.NotMine(), bench.keys);
        var credentials = new dev.matrix.core.api.ApiCredentials("alice", ApiHeaders.empty(), "192.0.2.1");

        assertThat(chain.authenticate(credentials))
                .isInstanceOf(dev.matrix.core.api.Authentication.Authenticated.class);
        assertThat(dev.matrix.core.api.ApiAuthenticator.firstOf().authenticate(credentials))
                .isInstanceOf(dev.matrix.core.api.Authentication.Refused.class);
        assertThat(credentials.toString()).doesNotContain("alice");
    }
}
