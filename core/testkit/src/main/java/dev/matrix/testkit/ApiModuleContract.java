package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Matrix;
import dev.matrix.core.Owner;
import dev.matrix.core.api.Access;
import dev.matrix.core.api.ApiModule;
import dev.matrix.core.api.Operation;
import dev.matrix.core.spi.Stores;
import dev.matrix.core.wire.ApiVersion;
import dev.matrix.testkit.ApiCalls.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every feature's {@link ApiModule} promises: its examples bind, fit their schemas and never fail inside; each operation
 * refuses strangers in one and the same way; a rollback leaves nothing. Its operations are called through a dispatcher that
 * checks every reply against its schema.
 */
public interface ApiModuleContract {

    /** A new Matrix over these stores, not started, with what the feature needs; its clock stands still unless it is moved. */
    Matrix matrix(Stores stores);

    /** The module of a feature that is built on that Matrix. */
    ApiModule module(Matrix matrix);

    /**
     * For operations on one row: the operation's id → the path of a row of that owner's, made before the call, on which the
     * operation succeeds. Each that changes a row has one of its own. Those that aren't named here are called by their
     * examples' paths, and aren't tried with another's id.
     */
    default Map<String, String> existing(Matrix matrix, Owner owner) {
        return Map.of();
    }

    private ApiCalls calls(Stores stores) {
        Matrix matrix = matrix(stores);
        return ApiCalls.on(matrix, module(matrix));
    }

    @Test
    @Tag("H6")
    default void theModuleIsFreeOfFaultsAndItsExamplesFit() {
        assertThat(calls(Stores.inMemory()).operations()).isNotEmpty();
    }

    @Test
    @Tag("C16")
    default void noExampleFailsInsideInAnyVersion() {
        for (ApiVersion version : calls(Stores.inMemory()).versions()) {
            ApiCalls calls = calls(Stores.inMemory());
            for (Operation<?, ?> operation : calls.operations()) {
                Answer answer = calls.example(operation, version);
                assertThat(answer.status())
                        .as("%s: %s", operation, answer.body())
                        .isLessThan(500);
                assertThat(answer.code()).as("%s: %s", operation, answer.body()).isNotEqualTo("invalid_request");
            }
        }
    }

    @Test
    @Tag("C9")
    default void strangersGetOneAndTheSameRefusal() {
        ApiCalls calls = calls(Stores.inMemory());
        Set<String> bodies = new HashSet<>();
        for (Operation<?, ?> operation : calls.operations()) {
            if (!(operation.access().orElseThrow() instanceof Access.Anonymous)) {
                for (String key : List.of("", "unknown")) {
                    Answer answer = calls.example(operation, calls.newest(), key);
                    assertThat(answer.status()).as(operation.toString()).isEqualTo(401);
                    bodies.add(answer.body());
                }
            }
        }
        assertThat(bodies).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    @Tag("C9")
    default void callersWithoutTheScopeAreRefused() {
        ApiCalls calls = calls(Stores.inMemory());
        for (Operation<?, ?> operation : calls.operations()) {
            if (operation.access().orElseThrow() instanceof Access.Scope) {
                Answer answer = calls.example(operation, calls.newest(), ApiCalls.NO_SCOPES);
                assertThat(answer.code()).as(operation.toString()).isEqualTo("insufficient_scope");
            }
        }
    }

    @Test
    @Tag("C10")
    default void anothersRowIsAsUnknownAsNone() {
        Matrix matrix = matrix(Stores.inMemory());
        ApiModule module = module(matrix);
        ApiCalls calls = ApiCalls.on(matrix, module);
        existing(matrix, ApiCalls.OWNER).forEach((id, path) -> {
            Operation<?, ?> operation = calls.operation(id);
            Answer others = calls.example(operation, path, calls.newest(), ApiCalls.OTHER_CUSTOMER);
            Answer none = calls.example(
                    operation, calls.withUnknownId(operation, path), calls.newest(), ApiCalls.OTHER_CUSTOMER);
            assertThat(others.status())
                    .as("%s of another's: %s", operation, others.body())
                    .isEqualTo(operation.callers() == Access.Callers.OPERATORS ? 403 : 404);
            assertThat(others.body()).as(operation.toString()).isEqualTo(none.body());
            Answer operators = calls.example(operation, path, calls.newest(), ApiCalls.OPERATOR);
            assertThat(operators.status())
                    .as("%s as operator: %s", operation, operators.body())
                    .isBetween(200, 299);
        });
    }

    /**
     * The ids of the operations that write and that every customer may call, for its own owner alone. All others that write must
     * be {@linkplain Operation.Draft#byOperators() for operators}, so whoever adds one decides, here and there.
     */
    Set<String> writableByOwners();

    @Test
    @Tag("H11")
    default void customersMayCallWhatIsMeantForThemAndNothingElse() {
        ApiCalls calls = calls(Stores.inMemory());
        Set<String> open = new HashSet<>();
        for (Operation<?, ?> operation : calls.operations()) {
            boolean anonymous = operation.access().orElseThrow() instanceof Access.Anonymous;
            if (operation.callers() == Access.Callers.OPERATORS) {
                Answer answer = calls.example(operation, calls.newest(), ApiCalls.OTHER_CUSTOMER);
                assertThat(answer.code()).as(operation.toString()).isEqualTo("access_denied");
            } else if (!anonymous && !operation.method().equals("GET")) {
                open.add(operation.id());
            }
        }
        assertThat(open).isEqualTo(writableByOwners());
    }

    /** Each succeeds afterwards, so it was the commit that failed, and nothing before it. */
    @Test
    default void aRollbackLeavesNothing() {
        for (Operation<?, ?> each : calls(Stores.inMemory()).operations()) {
            FailingCommits stores = new FailingCommits(Stores.inMemory());
            Matrix matrix = matrix(stores);
            ApiCalls calls = ApiCalls.on(matrix, module(matrix));
            Operation<?, ?> operation = calls.operation(each.id());
            if (calls.commitsWithItsReply(operation)) {
                Map<String, String> existing = existing(matrix, ApiCalls.OWNER);
                String path = existing.getOrDefault(operation.id(), "");
                List<String> before = reads(calls, existing);
                stores.fail(true);
                Answer failed = calls.example(operation, path, calls.newest());
                stores.fail(false);
                assertThat(failed.code()).as("%s: %s", operation, failed.body()).isEqualTo("unavailable");
                assertThat(reads(calls, existing)).as("after %s", operation).isEqualTo(before);
                Answer done = calls.example(operation, path, calls.newest());
                assertThat(done.status()).as("%s: %s", operation, done.body()).isBetween(200, 299);
            }
        }
    }

    private static List<String> reads(ApiCalls calls, Map<String, String> existing) {
        List<String> bodies = new ArrayList<>();
        for (Operation<?, ?> operation : calls.operations()) {
            if (operation.method().equals("GET")) {
                Answer answer = calls.example(operation, existing.getOrDefault(operation.id(), ""), calls.newest());
                bodies.add(operation.id() + " " + answer.status() + " " + answer.body());
            }
        }
        return bodies;
    }
}
