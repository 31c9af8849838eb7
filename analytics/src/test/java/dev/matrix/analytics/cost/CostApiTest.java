package dev.matrix.analytics.cost;

import static dev.matrix.analytics.cost.CostNode.ADA;
import static dev.matrix.analytics.cost.CostNode.ENTERPRISE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.PageRequest;
import dev.matrix.core.api.ApiBody;
import dev.matrix.core.api.ApiDispatcher;
import dev.matrix.core.api.ApiHeaders;
import dev.matrix.core.api.ApiPrincipal;
import dev.matrix.core.api.ApiRequest;
import dev.matrix.core.api.ApiResponse;
import dev.matrix.core.api.Authentication;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operations as callers see them; every reply is checked against its schema. */
class CostApiTest {

    private final CostNode node = CostNode.inApril().ada(ENTERPRISE, "100000", "100000", "100000");
    private final ApiDispatcher api = ApiDispatcher.on(node.matrix)
            .modules(node.costs.api())
            .authenticator(credentials -> new Authentication.Authenticated(new ApiPrincipal(
                    "key_1",
                    Owner.user(String.valueOf(credentials.bearer())),
                    Set.of("cost:read", "cost:write"),
                    null)))
            .checkReplies(true)
            .build();

    private record Answer(int status, String body) {}

    private Answer call(String bearer, String method, String path, String body) {
        ApiHeaders headers = ApiHeaders.of("Authorization", "Bearer " + bearer, "Content-Type", "application/json");
        ApiResponse response = api.handle(new ApiRequest(
                method,
                path,
                null,
                headers,
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                "192.0.2.1"));
        String text = response.body() instanceof ApiBody.Bytes bytes
                ? new String(bytes.content(), StandardCharsets.UTF_8)
                : "";
        return new Answer(response.status(), text);
    }

    @Test
    @Tag("CC26")
    void anAnalysisOfAWindowIsItsOwnersAlone() {
        String window = "{\"types\":[\"tier\"],\"window\":"
                + "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-04-01T00:00:00Z\"}}";
        Answer made = call("ada", "POST", "/v1/cost-optimizations", window);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.body()).contains("\"toPlan\":\"pro\"", "\"breakEven\":\"122500\"");
        String id = node.costs.page(ADA, PageRequest.first(1)).items().get(0).id();
        assertThat(call("ada", "GET", "/v1/cost-optimizations/" + id + ".csv", "")
                        .body())
                .startsWith("id,type,severity")
                .contains(",sub_1,pro,EUR,499.00,409.00,90.00,high,true");
        assertThat(call("bob", "GET", "/v1/cost-optimizations/" + id, "").status())
                .isEqualTo(404);
        assertThat(call("bob", "POST", "/v1/cost-optimizations", "{}").status()).isEqualTo(422);
        assertThat(call("bob", "POST", "/v1/cost-optimizations", "{\"ownerType\":\"user\",\"ownerId\":\"ada\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    @Tag("CC43")
    void samplesThatCantBeUsedAreRejectedByTheirPlace() {
        String good = "{\"resourceId\":\"vm_1\",\"from\":\"2026-04-15T10:00:00Z\",\"seconds\":3600,"
                + "\"loads\":[{\"metric\":\"cpu\",\"mean\":0.1,\"max\":0.2}]}";
        String percent = good.replace("0.2", "95");
        String never = good.replace("2026-04-15", "9999-04-15");
        Answer recorded = call(
                "ada", "POST", "/v1/resource-samples", "{\"samples\":[" + good + "," + percent + "," + never + "]}");
        assertThat(recorded.status()).as(recorded.body()).isEqualTo(202);
        assertThat(recorded.body()).contains("\"accepted\":1,\"duplicates\":0", "\"index\":1", "\"index\":2");
        assertThat(call("ada", "POST", "/v1/resource-samples", "{\"samples\":[" + good + "]}")
                        .body())
                .contains("\"accepted\":0,\"duplicates\":1");
    }
}
