package dev.matrix.devtools;

import dev.matrix.core.api.Schema;

/** How TypeScript, or JavaScript with types in comments, says what {@link ScriptSdk} has to say. */
interface ScriptDialect {

    /** What the generated parts go into. */
    Template runtime();

    /** Where it runs, as a sentence. */
    String needs();

    /** Whether members of types carry their descriptions. */
    boolean documentsMembers();

    /** The declaration of a namespace's field. */
    String field(String name, String type);

    /** A namespace's class up to its first method. */
    String beginning(String type);

    /**
     * A method.
     *
     * @param request the name of its request's type; empty: it has none
     */
    String method(JavaScriptMethod method, String request, TypeScriptTypes types);

    /** The declaration of a request's type. */
    String request(String name, String object);

    /** The declaration of a named schema. */
    String type(String name, Schema schema, TypeScriptTypes types);

    /** The declaration of a name for a type. */
    String alias(String name, String type);

    /**
     * The declarations of what webhooks carry.
     *
     * @param data an object's members: the data of each event type
     * @param envelope the type of an event in its envelope
     */
    String events(String data, String envelope);

    /** What stands at the file's end; empty: nothing. */
    String exports();
}
