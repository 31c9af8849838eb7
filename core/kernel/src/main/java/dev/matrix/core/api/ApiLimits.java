package dev.matrix.core.api;

import dev.matrix.core.InvalidRequestException;

/**
 * What a request may measure, at most.
 *
 * @param targetBytes path and query; beyond: 414
 * @param headerBytes all header lines, names and values; beyond: 431
 * @param headerLines lines; beyond: 431
 * @param bodyBytes of operations that set none themselves; beyond: 413
 * @param inHand requests in progress at one time, until their replies are written; beyond: 503 overloaded. An eighth of
 *     them is kept for operators
 * @param inHandEach those of one account, or of one network where there is no account; beyond: 503 overloaded
 */
public record ApiLimits(int targetBytes, int headerBytes, int headerLines, int bodyBytes, int inHand, int inHandEach) {

    public ApiLimits {
        if (Math.min(
                        Math.min(targetBytes, headerBytes),
                        Math.min(headerLines, Math.min(bodyBytes, Math.min(inHand, inHandEach))))
                < 1) {
            throw new InvalidRequestException("Every limit of the API is at least 1.");
        }
    }

    /** 8 KiB, 16 KiB, 100 lines, 1 MiB, 512 requests, 64 of one caller. */
    public static ApiLimits standard() {
        return new ApiLimits(8 << 10, 16 << 10, 100, 1 << 20, 512, 64);
    }
}
