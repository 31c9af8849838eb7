package dev.matrix.core;

/** A system outside (a payment provider, a rate source, a key service) refused or failed. */
public class ProviderException extends MatrixException {

    private static final long serialVersionUID = 1L;

    public ProviderException(String message) {
        super(message);
    }

    public ProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}
