package dev.matrix.security.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.matrix.core.net.IpAddress;
import dev.matrix.security.spi.GeoAnswer.Found;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a {@link GeoSource} promises. An implementer extends it and says what his source knows. */
public interface GeoSourceContract {

    /** A source that is ready. */
    GeoSource source();

    /** Addresses that it knows something about. */
    List<IpAddress> known();

    private static Stream<IpAddress> anyAddresses() {
        Random random = new Random(15);
        return IntStream.range(0, 2_000)
                .mapToObj(i -> i % 2 == 0
                        ? new IpAddress(0, random.nextInt() & 0xffff_ffffL, true)
                        : new IpAddress(random.nextLong(), random.nextLong(), false));
    }

    @Test
    default void itKnowsWhatItKnows() {
        assertThat(known()).isNotEmpty();
        for (IpAddress each : known()) {
            assertThat(source().lookup(each)).as(each.toString()).isInstanceOf(Found.class);
        }
    }

    @Test
    default void itNeverThrowsWhateverIsAsked() {
        GeoSource source = source();
        assertThat(anyAddresses().map(source::lookup)).doesNotContainNull();
        for (String edge : List.of("0.0.0.0", "255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")) {
            assertThat(source.lookup(IpAddress.parse(edge))).isNotNull();
        }
    }

    @Test
    default void anAddressHasOneAnswerWhoeverAsks() {
        GeoSource source = source();
        List<IpAddress> asked = anyAddresses().toList();
        List<GeoAnswer> alone = asked.stream().map(source::lookup).toList();
        assertThat(asked.parallelStream().map(source::lookup).toList()).isEqualTo(alone);
    }

    @Test
    default void refreshingInstantsApartDoesNoHarm() {
        GeoSource source = source();
        Instant now = Instant.parse("2026-11-02T09:30:00Z");
        assertThatCode(() -> {
                    source.refresh(now);
                    source.refresh(now.minusSeconds(5));
                })
                .doesNotThrowAnyException();
        itKnowsWhatItKnows();
    }
}
