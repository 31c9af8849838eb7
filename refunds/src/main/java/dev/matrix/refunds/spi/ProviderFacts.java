package dev.matrix.refunds.spi;

import dev.matrix.core.money.Currencies;
import dev.matrix.core.money.Currency;
import dev.matrix.core.money.Money;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider reports of a refund beside its state; each part is null where it reports nothing.
 *
 * @param amount what it returned to the customer
 * @param settled what it took from the merchant's balance, if in another currency
 * @param fee what it charged for the refund
 * @param feeReturned what it returned of the payment's fee
 * @param trace a number that the customer's bank can search for
 * @param rawStatus the provider's own word for the state
 * @param ownReference the reference that the refund carries
 * @param captureRef the capture that it belongs to
 */
public record ProviderFacts(
        @Nullable Money amount,
        @Nullable Money settled,
        @Nullable Money fee,
        @Nullable Money feeReturned,
        @Nullable String trace,
        @Nullable String rawStatus,
        @Nullable String ownReference,
        @Nullable String captureRef) {

    private static final int LONGEST = 30;
    private static final Pattern OWN = Pattern.compile("rfl_[a-z0-9_]{1,36}");
    private static final ProviderFacts NONE = new ProviderFacts(null, null, null, null, null, null, null, null);

    /** Nothing is reported. */
    public static ProviderFacts none() {
        return NONE;
    }

    /** The provider's own word for the state, and nothing else. */
    public static ProviderFacts ofStatus(String rawStatus) {
        return new ProviderFacts(null, null, null, null, null, rawStatus, null, null);
    }

    /** The amount returned. */
    public static ProviderFacts ofAmount(Money amount) {
        return new ProviderFacts(amount, null, null, null, null, null, null, null);
    }

    /** These facts with the amount returned. */
    public ProviderFacts withAmount(Money returned) {
        return new ProviderFacts(returned, settled, fee, feeReturned, trace, rawStatus, ownReference, captureRef);
    }

    /** These facts with what was taken from the merchant's balance. */
    public ProviderFacts withSettled(Money taken) {
        return new ProviderFacts(amount, taken, fee, feeReturned, trace, rawStatus, ownReference, captureRef);
    }

    /** These facts with the provider's fees. */
    public ProviderFacts withFees(@Nullable Money charged, @Nullable Money returned) {
        return new ProviderFacts(amount, settled, charged, returned, trace, rawStatus, ownReference, captureRef);
    }

    /** These facts with the references that the refund carries. */
    public ProviderFacts withReferences(@Nullable String own, @Nullable String capture) {
        return new ProviderFacts(amount, settled, fee, feeReturned, trace, rawStatus, own, capture);
    }

    /**
     * A reference of Matrix's own as a refund carries it; null where the text is none, as in refunds made at the provider's desk,
     * which may carry anything.
     */
    public static @Nullable String ownReference(@Nullable String text) {
        return text != null && OWN.matcher(text).matches() ? text : null;
    }

    /**
     * An amount as a provider writes it; null where its currency isn't known, or it has more decimals than that one: a provider's
     * answer never makes reading it fail.
     */
    public static @Nullable Money money(@Nullable BigDecimal amount, @Nullable String code, Currencies currencies) {
        Currency currency = code == null ? null : currencies.find(code).orElse(null);
        return amount == null
                        || currency == null
                        || amount.stripTrailingZeros().scale() > currency.scale()
                        || amount.precision() - amount.scale() > LONGEST
                ? null
                : Money.of(amount, currency);
    }
}
