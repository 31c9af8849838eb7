package dev.matrix.sla.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.PageRequest;
import dev.matrix.sla.spi.ComponentStore.ChangeRow;
import dev.matrix.sla.spi.ComponentStore.ProbeRow;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link ComponentStore} promises. */
public interface ComponentStoreContract extends StoreContract {

    Instant NOW = StoreUnderTest.START;
    Duration LEASE = Duration.ofSeconds(30);

    private static ProbeRow probe(String id, String component, Instant due) {
        return new ProbeRow(id, component, "{}", new byte[0], "{}", due, 0, null);
    }

    private static List<ProbeRow> claim(StoreUnderTest<ComponentStore> store, Instant now) {
        return store.get((tx, s) -> s.claimDue(tx, now, 10, LEASE));
    }

    @Test
    @Tag("S17")
    @Tag("C61")
    default void aDueProbeIsClaimedByOneUntilItsLeaseEnds() {
        StoreUnderTest<ComponentStore> store = StoreUnderTest.of(this, ComponentStore.class);
        store.run((tx, s) -> {
            s.insert(tx, probe("prb_a", "a", NOW));
            s.insert(tx, probe("prb_b", "b", NOW.plusSeconds(60)));
        });

        ProbeRow first = claim(store, NOW).get(0);
        assertThat(first.token()).isEqualTo(1);
        assertThat(claim(store, NOW)).isEmpty();
        ProbeRow second = claim(store, NOW.plus(LEASE)).get(0);
        assertThat(second.token()).isEqualTo(2);
        assertThat(save(store, first)).isFalse();
        assertThat(save(store, second)).isTrue();
        assertThat(claim(store, NOW.plusSeconds(59))).isEmpty();
        assertThat(claim(store, NOW.plusSeconds(60))).extracting(ProbeRow::id).containsExactly("prb_a", "prb_b");
    }

    private static boolean save(StoreUnderTest<ComponentStore> store, ProbeRow claimed) {
        return store.<Boolean>get((tx, s) -> s.save(
                tx,
                new ProbeRow(
                        claimed.id(),
                        claimed.component(),
                        claimed.target(),
                        claimed.sealedHeaders(),
                        "{\"failures\":1}",
                        NOW.plusSeconds(60),
                        claimed.token(),
                        null)));
    }

    @Test
    default void aComponentHasOneProbe() {
        StoreUnderTest<ComponentStore> store = StoreUnderTest.of(this, ComponentStore.class);

        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, probe("prb_a", "a", NOW))))
                .isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.insert(tx, probe("prb_b", "a", NOW))))
                .isFalse();
        assertThat(store.<Optional<ProbeRow>>get((tx, s) -> s.lock(tx, "a"))
                        .orElseThrow()
                        .id())
                .isEqualTo("prb_a");
        assertThat(store.get((tx, s) -> s.page(tx, PageRequest.first(5))).items())
                .hasSize(1);
        assertThat(store.<Boolean>get((tx, s) -> s.delete(tx, "prb_a"))).isTrue();
        assertThat(store.<Boolean>get((tx, s) -> s.delete(tx, "prb_a"))).isFalse();
        assertThat(store.<Optional<ProbeRow>>get((tx, s) -> s.find(tx, "prb_a")))
                .isEmpty();
    }

    @Test
    @Tag("S16")
    default void aChangeThatIsDatedBackReplacesLaterOnes() {
        StoreUnderTest<ComponentStore> store = StoreUnderTest.of(this, ComponentStore.class);
        ChangeRow up = new ChangeRow("a", NOW, "UP");
        ChangeRow unknown = new ChangeRow("a", NOW.plusSeconds(50), "UNKNOWN");
        ChangeRow down = new ChangeRow("a", NOW.plusSeconds(40), "DOWN");
        store.run((tx, s) -> List.of(up, unknown, new ChangeRow("b", NOW, "UP")).forEach(each -> s.change(tx, each)));
        String before = store.get((tx, s) -> s.version(tx));
        store.run((tx, s) -> s.change(tx, down));

        assertThat(store.<List<ChangeRow>>get((tx, s) -> s.changes(tx, List.of("a", "c"), NOW.plusSeconds(10))))
                .containsExactly(up, down);
        assertThat(store.<List<ChangeRow>>get((tx, s) -> s.changes(tx, List.of("a"), NOW.plusSeconds(60))))
                .containsExactly(down);
        assertThat(store.<String>get((tx, s) -> s.version(tx))).isNotEqualTo(before);
    }
}
