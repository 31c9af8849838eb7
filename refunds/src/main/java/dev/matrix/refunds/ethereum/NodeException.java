package dev.matrix.refunds.ethereum;

import dev.matrix.core.ProviderException;
import dev.matrix.refunds.spi.Attempted;
import dev.matrix.refunds.spi.LookupResult;
import dev.matrix.refunds.spi.ProviderResult;

/** The node didn't answer, or with something that can't be. */
final class NodeException extends ProviderException {

    private static final long serialVersionUID = 1L;
    private static final int REVERTED = 3;

    private final Attempted why;
    private final int code;

    NodeException(String message, Attempted why, int code) {
        super(message);
        this.why = why;
        this.code = code;
    }

    /** Whether the node ran the call, and the contract refused it. */
    boolean isRevert() {
        return code == REVERTED || String.valueOf(getMessage()).contains("execution reverted");
    }

    /** As long as nothing was signed, nothing was sent. */
    ProviderResult.NotExecuted beforeSigning() {
        return new ProviderResult.NotExecuted(why, getMessage() + " No transaction was sent.", null);
    }

    LookupResult.Unavailable lookup() {
        return new LookupResult.Unavailable(String.valueOf(getMessage()));
    }
}
