package dev.matrix.core.api;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an operation must say of itself, and what no two may share. */
final class OperationFaults {

    private static final java.util.regex.Pattern ID = java.util.regex.Pattern.compile("[a-z][A-Za-z0-9]{2,63}");
    private static final java.util.regex.Pattern TAG = java.util.regex.Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final java.util.regex.Pattern SCOPE = java.util.regex.Pattern.compile("[a-z-]+:[a-z-]+");
    private static final java.util.regex.Pattern PATH =
            java.util.regex.Pattern.compile("(/([A-Za-z0-9._~-]+|\\{[a-z][A-Za-z0-9]*}[A-Za-z0-9._~-]*))+");

    private OperationFaults() {}

    /** What no two operations may have in common, or SDKs had two methods of one name. */
    private record SdkName(Words namespace, Words method) {

        static SdkName of(Operation<?, ?> operation) {
            return new SdkName(Words.of(operation.tag()), Words.ofOperation(operation.id(), operation.tag()));
        }

        @Override
        public String toString() {
            return namespace.camel() + "." + method.camel();
        }
    }

    static void check(
            List<Operation<?, ?>> operations, VersionLadder ladder, Map<String, RatePolicy> rates, Faults faults) {
        Set<String> ids = new HashSet<>();
        Map<SdkName, String> methods = new HashMap<>();
        for (Operation<?, ?> operation : operations) {
            check(operation, faults);
            if (!ids.add(operation.id())) {
                faults.add(operation.toString(), "another operation has this id");
            }
            SdkName name = SdkName.of(operation);
            String former = methods.putIfAbsent(name, operation.id());
            if (former != null && !former.equals(operation.id())) {
                faults.add(operation.toString(), "SDKs would call it " + name + ", as " + former);
            }
        }
        for (String removed : ladder.removedOperations()) {
            if (!ids.contains(removed)) {
                faults.add("change that removes " + removed, "there is no such operation");
            }
        }
    }

    private static void check(Operation<?, ?> operation, Faults faults) {
        String where = operation.toString();
        require(ID.matcher(operation.id()).matches(), where, "its id matches " + ID, faults);
        require(PATH.matcher(operation.path()).matches(), where, "its path is literals and {variables}", faults);
        require(TAG.matcher(operation.tag()).matches(), where, "it has a tag that matches " + TAG, faults);
        require(!operation.summary().isBlank(), where, "it has no summary", faults);
        require(!operation.examples().isEmpty(), where, "it has no example", faults);
        Access access = operation.access().orElse(null);
        require(access != null, where, "it has no access decision: scope, anyKey or anonymous", faults);
        if (access instanceof Access.Scope scope) {
            require(SCOPE.matcher(scope.name()).matches(), where, "its scope matches " + SCOPE, faults);
        }
        require(
                operation.method().equals("GET") || operation.statesCallers() || access instanceof Access.Anonymous,
                where,
                "it writes, and doesn't say for whom: byOwners() or byOperators()",
                faults);
        require(
                !(access instanceof Access.Scope admin
                        && admin.name().endsWith(":admin")
                        && operation.callers() == Access.Callers.OWNERS),
                where,
                "a scope that ends in :admin is for operators: add byOperators()",
                faults);
        require(operation.status() >= 200 && operation.status() < 300, where, "its status is 200 to 299", faults);
        boolean keyed = operation.method().equals("POST") || operation.method().equals("PATCH");
        require(keyed || operation.key() == KeyMode.UNUSED, where, "only POST and PATCH have idempotency keys", faults);
        require(
                operation.key() == KeyMode.UNUSED
                        || !(access instanceof Access.Anonymous)
                        || !keyed
                        || operation.key() == KeyMode.OPTIONAL,
                where,
                "an anonymous operation has no account whose keys could be kept",
                faults);
        operation
                .deprecation()
                .ifPresent(end -> require(
                        !end.sunset().isBefore(end.since()), where, "its sunset lies before its deprecation", faults));
        for (ProblemCode code : operation.errors()) {
            require(
                    ProblemCode.isCode(code.code()) && code.status() >= 400 && code.status() <= 599,
                    where,
                    "the error " + code.code() + " has a code in lower snake case and a status of 400 to 599",
                    faults);
        }
        if (operation.reply() instanceof Reply.Paged<?>) {
            List<String> names = Arrays.stream(operation.request().getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
            require(
                    names.contains("limit") == names.contains("cursor"),
                    where,
                    "a page needs the components limit and cursor, or neither",
                    faults);
        }
    }

    private static void require(boolean held, String where, String what, Faults faults) {
        if (!held) {
            faults.add(where, what);
        }
    }
}
