package dev.matrix.devtools;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The methods of one tag.
 *
 * @param name the tag's words
 */
record SdkNamespace(Words name, List<SdkMethod> methods) {

    /** @throws IllegalStateException if two operations would be one method (H6) */
    SdkNamespace {
        methods = List.copyOf(methods);
        Map<Words, String> seen = new HashMap<>();
        for (SdkMethod method : methods) {
            String other = seen.putIfAbsent(method.name(), method.operation().id());
            if (other != null) {
                throw new IllegalStateException("The operations " + other + " and "
                        + method.operation().id() + " would both be " + name.camel() + "."
                        + method.name().camel() + " in SDKs; rename one.");
            }
        }
    }
}
