package dev.matrix.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.core.Owner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a pool is shared. */
@Tag("W54")
class SharesTest {

    private static final Owner ALICE = Owner.user("alice");
    private static final Owner BOB = Owner.user("bob");

    private final Shares shares = new Shares(100, 10);

    private int takeAll(Owner owner, String endpoint) {
        return (int) IntStream.range(0, 100)
                .filter(i -> shares.take(owner, endpoint, 1))
                .count();
    }

    @Test
    void oneEndpointGetsAThirdItsOwnerHalfAndWhoComesLaterHalfOfTheRest() {
        assertThat(takeAll(ALICE, "a1")).isEqualTo(34);
        assertThat(takeAll(ALICE, "a2") + takeAll(ALICE, "a3") + takeAll(ALICE, "a4") + takeAll(ALICE, "a5"))
                .isBetween(14, 17);
        assertThat(takeAll(BOB, "b1")).isGreaterThan(14);
    }

    @Test
    void howeverManyHoldOnTheNextFindsRoomWhileThereIsAny() {
        for (int i = 0; i < 8; i++) {
            assertThat(takeAll(Owner.user("u" + i), "e" + i)).as("owner %s", i).isPositive();
        }
        assertThat(shares.held()).isLessThanOrEqualTo(100);
    }

    @Test
    void whatIsGivenBackIsThereAgain() {
        int taken = takeAll(ALICE, "a1");
        shares.giveBack(ALICE, "a1", taken);

        assertThat(shares.held()).isZero();
        assertThat(takeAll(ALICE, "a1")).isEqualTo(taken);
    }

    @Test
    void aPoolOfOneIsGivenToWhoComes() {
        Shares one = new Shares(1, 1);

        assertThat(one.take(ALICE, "a1", 1)).isTrue();
        assertThat(one.take(BOB, "b1", 1)).isFalse();
    }

    @Test
    void manyEndpointsThatHoldNothingAreForgottenAndNoneThatHoldsSomething() {
        Shares wide = new Shares(10_000, 1);
        for (int i = 0; i < 2_000; i++) {
            assertThat(wide.take(ALICE, "a" + i, 1)).isTrue();
        }
        for (int i = 1; i < 2_000; i++) {
            wide.giveBack(ALICE, "a" + i, 1);
        }

        assertThat(wide.held()).isEqualTo(1);
        assertThat(wide.admits(ALICE, "new", 9_998)).isTrue();
        assertThat(wide.admits(ALICE, "new", 9_999)).isFalse();
        assertThat(wide.admits(ALICE, "a0", 9_998)).isFalse();
        assertThat(wide.copy().admits(ALICE, "a0", 9_997)).isTrue();
    }
}
