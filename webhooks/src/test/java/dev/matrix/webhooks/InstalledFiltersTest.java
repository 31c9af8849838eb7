package dev.matrix.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.webhooks.ruler.RulerFilterEngine;
import dev.matrix.webhooks.spi.FilterEngine;
import dev.matrix.webhooks.spi.FilterSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One owner's compiled filters, shared by the tables of several versions. */
@Tag("W4")
class InstalledFiltersTest {

    private static final String A = "{\"a\":[1]}";
    private static final String B = "{\"b\":[1]}";
    private static final String C = "{ \"c\" : [ 1 ] }";
    private static final byte[] ALL = "{\"a\":1,\"b\":1,\"c\":1}".getBytes(UTF_8);

    private static final byte[] NONE = "{}".getBytes(UTF_8);

    /** Says what it is asked to do before it does it, and fails where a test says so. */
    private static final class Recording implements FilterEngine {

        private final RulerFilterEngine ruler = new RulerFilterEngine();
        private final List<String> calls = new ArrayList<>();
        private String failing = "";

        private void call(String name, Collection<String> filters) {
            String call = name + new TreeSet<>(filters);
            calls.add(call);
            if (failing.equals(call)) {
                throw new IllegalStateException("engine");
            }
        }

        private FilterSet recorded(Collection<String> filters, FilterSet set) {
            return body -> {
                call("match", filters);
                return set.matching(body);
            };
        }

        @Override
        public FilterSet read(Collection<String> filters) {
            call("read", filters);
            return recorded(filters, ruler.read(filters));
        }

        @Override
        public FilterSet compile(Collection<String> filters) {
            call("compile", filters);
            return recorded(filters, ruler.compile(filters));
        }

        @Override
        public void check(String filter) {
            ruler.check(filter);
        }

        @Override
        public void checkTogether(Collection<String> filters) {
            ruler.checkTogether(filters);
        }
    }

    private final Recording engine = new Recording();
    private final InstalledFilters filters = new InstalledFilters(Node.ALICE, engine);

    @Test
    @Tag("W3")
    void whoMatchesCompilesNothingAndReadsWhatIsMissingOnce() {
        filters.matching(Set.of(A, C), ALL);
        filters.matching(Set.of(A, C), ALL);
        assertThat(engine.calls).noneMatch(call -> call.startsWith("compile"));
        assertThat(engine.calls.stream().filter(call -> call.equals("read" + new TreeSet<>(Set.of(A, C)))))
                .hasSize(1);

        filters.compile(Set.of(A, C));
        engine.calls.clear();
        assertThat(filters.matching(Set.of(A, C), ALL)).containsExactlyInAnyOrder(A, C);
        assertThat(engine.calls).containsExactly("match" + new TreeSet<>(Set.of(A, C)));
    }

    @Test
    void theNextVersionReadsWhatIsNewUntilItIsCompiled() {
        filters.compile(Set.of(A, C));
        assertThat(filters.matching(Set.of(A, B), ALL)).contains(A, B);
        assertThat(filters.isCompiled(Set.of(A, B))).isFalse();

        filters.compile(Set.of(A, B));
        assertThat(filters.isCompiled(Set.of(A, B))).isTrue();
        assertThat(filters.matching(Set.of(A, B), ALL)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void aTableOfAnotherVersionStillFindsItsOwnFilters() {
        filters.compile(Set.of(B));

        assertThat(filters.matching(Set.of(A), ALL)).contains(A);
        assertThat(filters.matching(Set.of(B), ALL)).containsExactly(B);
    }

    @Test
    void anEngineThatThrowsCountsAsAMatchOfEachFilter() {
        engine.failing = "match" + new TreeSet<>(Set.of(A, B));

        assertThat(filters.matching(Set.of(A, B), NONE)).containsExactlyInAnyOrder(A, B);
        filters.compile(Set.of(A, B));
        assertThat(filters.matching(Set.of(A, B), NONE)).containsExactlyInAnyOrder(A, B);
        engine.failing = "";
        assertThat(filters.matching(Set.of(A, B), NONE)).isEmpty();
    }

    @Test
    void aFilterThatCannotBeReadMatchesAndLeavesTheOthersAlone() {
        engine.failing = "read[" + A + "]";

        assertThat(filters.matching(Set.of(A, B), NONE)).containsExactly(A);
        assertThat(filters.matching(Set.of(A, B), ALL)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void filtersThatCannotBeCompiledAreAppliedAsTheyAreWritten() {
        engine.failing = "compile" + new TreeSet<>(Set.of(A, B));
        filters.compile(Set.of(A, B));

        assertThat(filters.isCompiled(Set.of(A, B))).isTrue();
        assertThat(filters.matching(Set.of(A, B), NONE)).isEmpty();
        assertThat(filters.matching(Set.of(A, B), ALL)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void publishersMissNothingWhileOthersCompile() throws Exception {
        InstalledFilters shared = new InstalledFilters(Node.ALICE, new RulerFilterEngine());
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (Set<String> table : List.of(Set.of(A), Set.of(A, B))) {
                readers.add(threads.submit(() -> {
                    int missed = 0;
                    for (int i = 0; i < 2_000; i++) {
                        missed += shared.matching(table, ALL).containsAll(table) ? 0 : 1;
                    }
                    return missed;
                }));
            }
            Future<?> editor = threads.submit(() -> {
                for (int i = 0; i < 500; i++) {
                    shared.compile(Set.of(A, C, "{\"a\":[" + i + ",1]}"));
                    shared.compile(Set.of(A));
                }
            });
            editor.get();
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isZero();
            }
        } finally {
            threads.shutdown();
        }
    }
}
