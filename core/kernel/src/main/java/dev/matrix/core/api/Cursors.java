package dev.matrix.core.api;

import dev.matrix.core.Owner;
import dev.matrix.core.json.Json;
import dev.matrix.core.json.Json.JsonObject;
import dev.matrix.core.json.JsonCodec;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.SealBrokenException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Seals the stores' positions for callers, so that a cursor continues its own listing and no other. */
final class Cursors {

    static final String PURPOSE = "api-cursor";
    static final int LONGEST = 512;

    private final KeyRing keys;

    Cursors(KeyRing keys) {
        this.keys = keys;
        keys.prepare(PURPOSE);
    }

    /** What a cursor belongs to: the account, the operation and every value of the request but limit and cursor. */
    static KeyUse use(Owner account, String operation, Map<String, Json> members, JsonCodec codec) {
        Map<String, Json> filters = new TreeMap<>(members);
        filters.remove("limit");
        filters.remove("cursor");
        String hash = Hashes.sha256(codec.write(new JsonObject(filters)));
        return new KeyUse(PURPOSE, account, operation + ":" + hash);
    }

    String seal(KeyUse use, String position) {
        String sealed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(keys.seal(use, position.getBytes(StandardCharsets.UTF_8)));
        if (sealed.length() > LONGEST) {
            throw new IllegalStateException(
                    "A store's position is too long for a cursor of " + LONGEST + " characters.");
        }
        return sealed;
    }

    /** @throws ApiProblem 400 invalid_cursor if it isn't one of this use */
    String open(KeyUse use, String cursor) {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(cursor);
            if (!Base64.getUrlEncoder().withoutPadding().encodeToString(sealed).equals(cursor)) {
                throw invalid();
            }
            return new String(keys.open(use, sealed), StandardCharsets.UTF_8);
        } catch (SealBrokenException | IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static ApiProblem invalid() {
        return ApiProblem.of(
                400, "invalid_cursor", "The cursor isn't one of this listing with these filters; begin without one.");
    }
}
