package dev.matrix.core.spi;

import static java.util.Objects.requireNonNull;

import dev.matrix.core.InvalidRequestException;
import dev.matrix.core.Owner;
import dev.matrix.core.StorableText;
import java.util.regex.Pattern;

/**
 * What a sealed value is for; it opens for exactly this and nothing else.
 *
 * @param purpose the kind of secret: {@code [a-z][a-z0-9.-]{0,40}}
 * @param owner whose secret it is
 * @param recordId the row that holds it; at most 65,535 bytes of UTF-8
 */
public record KeyUse(String purpose, Owner owner, String recordId) {

    private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9.-]{0,40}");

    public KeyUse {
        requirePurpose(purpose);
        requireNonNull(owner, "owner");
        StorableText.require(recordId, "The id of a record with a secret");
    }

    static void requirePurpose(String purpose) {
        if (!PURPOSE.matcher(purpose).matches()) {
            throw new InvalidRequestException("A key's purpose matches " + PURPOSE + "; '" + purpose + "' doesn't.");
        }
    }
}
