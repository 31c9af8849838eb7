package dev.matrix.refunds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.matrix.refunds.spi.ProviderStand;
import dev.matrix.refunds.spi.RefundProvider;
import dev.matrix.refunds.spi.RefundProviderContract;
import dev.matrix.testkit.ManualClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** The contract catches every flaw that it is there for. */
class BrokenProvidersTest {

    private record Run(RefundProvider provider) implements RefundProviderContract {

        @Override
        public ProviderStand stand() {
            return new FakeBank(ManualClock.at("2026-01-01T00:00:00Z"));
        }
    }

    @ParameterizedTest
    @EnumSource(BankRefunds.Flaw.class)
    void eachFlawFailsTheContract(BankRefunds.Flaw flaw) throws IllegalAccessException {
        Run run = new Run(new BankRefunds(flaw, BankRefunds.usual()));
        Set<String> failed = new TreeSet<>();
        for (Method test : RefundProviderContract.class.getMethods()) {
            if (test.isAnnotationPresent(Test.class)) {
                try {
                    test.invoke(run);
                } catch (InvocationTargetException e) {
                    if (!(e.getCause() instanceof TestAbortedException)) {
                        failed.add(test.getName());
                    }
                }
            }
        }
        if (flaw == BankRefunds.Flaw.NONE) {
            assertThat(failed).isEmpty();
        } else {
            assertThat(failed).as("tests that caught %s", flaw).isNotEmpty();
        }
    }
}
