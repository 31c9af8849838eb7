package dev.matrix.core.api;

import dev.matrix.core.api.ApiHeaders.Line;
import java.util.List;

/**
 * What an operation answers, in the caller's version.
 *
 * @param lines its own headers; those of every response are the exchange's
 * @param replayed whether it is a stored reply, given again
 */
record Answer(int status, List<Line> lines, ApiBody body, boolean replayed) {

    Answer {
        lines = List.copyOf(lines);
    }
}
