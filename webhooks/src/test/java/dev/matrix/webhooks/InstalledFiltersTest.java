package dev.matrix.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.webhooks.ruler.RulerFilterEngine;
import dev.matrix.webhooks.spi.FilterEngine;
import dev.matrix.webhooks.spi.FilterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    /** Says what it is asked to do before it does it, and fails where a test says so. */
    private static final class Recording implements FilterEngine {

        private final RulerFilterEngine ruler = new RulerFilterEngine();
        private final List<String> calls = new ArrayList<>();
        private String failing = "";

        private void call(String name, String filter) {
            calls.add(name + filter);
            if (failing.equals(name + filter)) {
                throw new IllegalStateException("engine");
            }
        }

        @Override
        public FilterSet newSet() {
            calls.add("new");
            FilterSet set = ruler.newSet();
            return new FilterSet() {
                @Override
                public void add(String filter) {
                    call("+", filter);
                    set.add(filter);
                }

                @Override
                public void remove(String filter) {
                    call("-", filter);
                    set.remove(filter);
                }

                @Override
                public List<String> matching(byte[] body) {
                    call("?", "");
                    return set.matching(body);
                }
            };
        }

        @Override
        public void check(String filter) {
            ruler.check(filter);
        }
    }

    private final Recording engine = new Recording();
    private final InstalledFilters filters = new InstalledFilters(Node.ALICE, engine);

    @Test
    void theNextVersionAddsWhatIsNewAndRemovesWhatIsGoneVerbatim() {
        filters.matching(Set.of(A, C), ALL);
        engine.calls.clear();

        assertThat(filters.matching(Set.of(A, B), ALL)).contains(A, B);
        filters.keepOnly(Set.of(A, B));

        assertThat(filters.matching(Set.of(A, B), ALL)).containsExactlyInAnyOrder(A, B);
        assertThat(engine.calls).containsExactly("+" + B, "?", "-" + C, "?");
    }

    @Test
    void aTableOfAnotherVersionStillFindsItsOwnFilters() {
        filters.matching(Set.of(A), ALL);
        filters.matching(Set.of(B), ALL);
        filters.keepOnly(Set.of(B));

        assertThat(filters.matching(Set.of(A), ALL)).contains(A);
        assertThat(filters.matching(Set.of(B), ALL)).contains(B);
    }

    @Test
    void whatARolledBackTableAddedGoesWithTheNextCommit() {
        filters.matching(Set.of(A), ALL);
        filters.matching(Set.of(A, B), ALL);

        filters.keepOnly(Set.of(A));

        assertThat(filters.matching(Set.of(A), ALL)).containsExactly(A);
        assertThat(filters.size()).isEqualTo(1);
    }

    @Test
    void anEngineThatThrowsCountsAsAMatchOfEachFilter() {
        engine.failing = "?";
        byte[] none = "{}".getBytes(UTF_8);

        assertThat(filters.matching(Set.of(A, B), none)).containsExactlyInAnyOrder(A, B);
        engine.failing = "";
        assertThat(filters.matching(Set.of(A, B), none)).isEmpty();
    }

    @Test
    void aFilterThatCannotBeCompiledMatchesAndLeavesTheOthersAlone() {
        engine.failing = "+" + A;
        byte[] none = "{}".getBytes(UTF_8);

        assertThat(filters.matching(Set.of(A, B), none)).containsExactly(A);
        assertThat(filters.matching(Set.of(A, B), ALL)).containsExactlyInAnyOrder(A, B);
        filters.keepOnly(Set.of(B));
        assertThat(filters.matching(Set.of(B), ALL)).containsExactly(B);
    }

    @Test
    void aFilterThatCannotBeRemovedMakesTheSetAnew() {
        filters.matching(Set.of(A, B), ALL);
        engine.failing = "-" + A;

        filters.keepOnly(Set.of(B));

        assertThat(filters.matching(Set.of(B), ALL)).containsExactly(B);
        assertThat(engine.calls).endsWith("-" + A, "new", "+" + B, "?");
    }

    @Test
    void publishersMissNothingWhileOthersEdit() throws Exception {
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
                    shared.matching(Set.of(A, C, "{\"a\":[" + i + ",1]}"), ALL);
                    shared.keepOnly(Set.of(A));
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
