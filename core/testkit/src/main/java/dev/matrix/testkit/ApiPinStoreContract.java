package dev.matrix.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.ApiPinStore;
import dev.matrix.core.wire.ApiVersion;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an {@link ApiPinStore} promises. */
public interface ApiPinStoreContract extends StoreContract {

    /** An account of the contract's. */
    Owner ACCOUNT = Owner.user("u_pin");

    /** A version after the first. */
    ApiVersion LATER = ApiVersion.of("2027-01-01");

    private StoreUnderTest<ApiPinStore> pins() {
        return StoreUnderTest.of(this, ApiPinStore.class);
    }

    private static Optional<ApiVersion> find(StoreUnderTest<ApiPinStore> pins, Owner account) {
        return pins.get((tx, store) -> store.find(tx, account));
    }

    private static ApiVersion pin(StoreUnderTest<ApiPinStore> pins, ApiVersion version) {
        return pins.get((tx, store) -> store.pin(tx, ACCOUNT, version, StoreUnderTest.START));
    }

    @Test
    @Tag("H17")
    default void theFirstPinCounts() {
        StoreUnderTest<ApiPinStore> pins = pins();
        assertThat(find(pins, ACCOUNT)).isEmpty();

        assertThat(pin(pins, ApiVersion.FIRST)).isEqualTo(ApiVersion.FIRST);
        assertThat(pin(pins, LATER)).isEqualTo(ApiVersion.FIRST);
        assertThat(find(pins, Owner.partner("u_pin"))).isEmpty();
    }

    @Test
    @Tag("H17")
    default void aPinIsReplacedWhetherThereWasOneOrNot() {
        StoreUnderTest<ApiPinStore> pins = pins();

        pins.run((tx, store) -> store.replace(tx, ACCOUNT, LATER, StoreUnderTest.START));
        assertThat(find(pins, ACCOUNT)).contains(LATER);
        pins.run((tx, store) -> store.replace(tx, ACCOUNT, ApiVersion.FIRST, StoreUnderTest.START));
        assertThat(find(pins, ACCOUNT)).contains(ApiVersion.FIRST);
    }
}
