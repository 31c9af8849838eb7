package dev.matrix.devtools;

import dev.matrix.core.api.Words;
import java.util.List;

/**
 * The methods of one tag; no two have one name, as the dispatcher refuses such operations.
 *
 * @param name the tag's words
 */
record SdkNamespace(Words name, List<SdkMethod> methods) {

    SdkNamespace {
        methods = List.copyOf(methods);
    }
}
