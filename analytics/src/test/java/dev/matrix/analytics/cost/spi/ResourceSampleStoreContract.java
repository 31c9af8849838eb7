package dev.matrix.analytics.cost.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.ResourceSampleStore.SampleRow;
import dev.matrix.core.Owner;
import dev.matrix.testkit.StoreContract;
import dev.matrix.testkit.StoreUnderTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a {@link ResourceSampleStore} promises. */
public interface ResourceSampleStoreContract extends StoreContract {

    Owner ADA = Owner.user("ada");
    Owner BOB = Owner.user("bob");
    Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static SampleRow row(Owner owner, String resource, int minute, String loads) {
        return new SampleRow(owner, resource, NOON.plusSeconds(60L * minute), 60, loads);
    }

    private static List<SampleRow> read(StoreUnderTest<ResourceSampleStore> store, Owner owner) {
        List<SampleRow> read = new ArrayList<>();
        store.run((tx, s) -> s.read(tx, owner, new Window(NOON, NOON.plusSeconds(120)), read::add));
        return read;
    }

    @Test
    @Tag("CC23")
    default void aKnownSampleIsLeftAlone() {
        StoreUnderTest<ResourceSampleStore> store = StoreUnderTest.of(this, ResourceSampleStore.class);
        SampleRow first = row(ADA, "vm_1", 0, "{}");
        SampleRow second = row(ADA, "vm_1", 1, "{}");
        SampleRow late = row(ADA, "vm_1", 2, "{}");
        SampleRow other = row(ADA, "vm_0", 1, "{}");
        assertThat(store.<Integer>get((tx, s) -> s.append(tx, List.of(second, late, first, other))))
                .isEqualTo(4);
        assertThat(store.<Integer>get(
                        (tx, s) -> s.append(tx, List.of(row(ADA, "vm_1", 0, "[]"), row(BOB, "vm_1", 0, "{}")))))
                .isEqualTo(1);
        assertThat(read(store, ADA)).containsExactly(other, first, second);
        assertThat(store.<Integer>get((tx, s) -> s.deleteBefore(tx, NOON.plusSeconds(60), 1)))
                .isEqualTo(1);
        assertThat(store.<Integer>get((tx, s) -> s.deleteBefore(tx, NOON.plusSeconds(60), 9)))
                .isEqualTo(1);
        assertThat(read(store, ADA)).containsExactly(other, second);
        assertThat(store.<Integer>get((tx, s) -> s.erase(tx, ADA))).isEqualTo(3);
        assertThat(read(store, ADA)).isEmpty();
    }
}
