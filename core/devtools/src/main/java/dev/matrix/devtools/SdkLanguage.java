package dev.matrix.devtools;

/** A language that there is an SDK for. */
public enum SdkLanguage {
    /** {@code matrix.ts}; TypeScript 5, any runtime that has {@code fetch}. */
    TYPESCRIPT("matrix.ts", "text/plain; charset=utf-8"),
    /** {@code matrix.mjs}, an ES module with JSDoc types; Node 18 or newer, or a browser. */
    JAVASCRIPT("matrix.mjs", "text/javascript; charset=utf-8"),
    /** {@code matrix.py}; Python 3.9 or newer. */
    PYTHON("matrix.py", "text/plain; charset=utf-8"),
    /** {@code matrix.sh}; bash 4 and curl 7.76 or newer. */
    CURL("matrix.sh", "text/plain; charset=utf-8");

    private final String fileName;
    private final String mediaType;

    SdkLanguage(String fileName, String mediaType) {
        this.fileName = fileName;
        this.mediaType = mediaType;
    }

    String fileName() {
        return fileName;
    }

    String mediaType() {
        return mediaType;
    }

    SdkEmitter emitter() {
        return switch (this) {
            case TYPESCRIPT -> new ScriptSdk(new TypeScriptDialect());
            case JAVASCRIPT -> new ScriptSdk(new JavaScriptDialect(false));
            case PYTHON -> new PythonSdk();
            case CURL -> new ShellSdk();
        };
    }
}
