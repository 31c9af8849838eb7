package dev.matrix.devtools;

import java.util.HashSet;
import java.util.Set;

/** The names of one scope: a reserved or taken one gets a trailing underscore. Not thread-safe. */
final class Identifiers {

    /** What classes and objects of JavaScript have already, or what makes them look like promises. */
    static final Set<String> JAVASCRIPT_MEMBERS = Set.of(
            "constructor",
            "prototype",
            "toString",
            "toJSON",
            "toLocaleString",
            "valueOf",
            "then",
            "hasOwnProperty",
            "isPrototypeOf",
            "propertyIsEnumerable");

    /** Keywords of JavaScript in modules, and names that generated methods use. */
    static final Set<String> JAVASCRIPT_WORDS =
            Set.of(("arguments await break case catch class const continue debugger default "
                            + "delete do else enum eval export extends false finally for function if implements import in instanceof "
                            + "interface let new null package private protected public return static super switch this throw true try "
                            + "typeof undefined var void while with yield request options")
                    .split(" "));

    /** Keywords of Python, names that annotations use, and those of generated methods. */
    static final Set<String> PYTHON_WORDS =
            Set.of(("False None True and as assert async await break class continue def del elif "
                            + "else except finally for from global if import in is lambda nonlocal not or pass raise return try while "
                            + "with bool float int str with_response self options cursor_")
                    .split(" "));

    /** Types that the runtimes bring or use. */
    static final Set<String> TYPES =
            Set.of(("Abort AbortController AbortError AbortSignal Any ApiError Array AsyncGenerator "
                            + "AsyncIterable AuthenticationError Boolean Call Callable Client Clock Config ConflictError ConnectionError "
                            + "Crypto Date Decimal Dict Error Event Events False Function Generic Headers InvalidRequestError Iterator "
                            + "List Listing Literal Map Mapping Math Matrix MatrixError Namespace None NotFoundError Number Object Open Optional Options "
                            + "Page PageCall PermissionDeniedError PreconditionFailedError Problem Promise PromiseLike RateLimitError "
                            + "Record Reply Request RequestInit Response Sequence ServerError Set Shape String Symbol T TimeoutError True "
                            + "TypeVar TypedDict URL Uint8Array Union UnprocessableError Value WebhookEvent WebhookVerificationError "
                            + "any bigint boolean never null number object string symbol undefined unknown void type date "
                            + "VERSION CLOCK ERRORS NOT_GIVEN")
                    .split(" "));

    private final Set<String> reserved;
    private final Set<String> taken = new HashSet<>();

    Identifiers(Set<String> reserved) {
        this.reserved = reserved;
    }

    /** That name, made unique by underscores; taken from now on. */
    String take(String name) {
        String free = name;
        while (reserved.contains(free) || !taken.add(free)) {
            free += "_";
        }
        return free;
    }
}
