package dev.matrix.core.api;

import java.util.regex.Pattern;

/**
 * A code of problems, as documented: its status, and a title that is the same at each occurrence.
 *
 * @param code lower snake case
 * @param status 400 to 599
 * @param title a short phrase
 */
public record ProblemCode(String code, int status, String title) {

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    static boolean isCode(String code) {
        return CODE.matcher(code).matches();
    }
}
