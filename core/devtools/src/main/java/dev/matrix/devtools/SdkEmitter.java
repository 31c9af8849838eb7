package dev.matrix.devtools;

/** Writes one language's SDK. */
interface SdkEmitter {

    /** The file's source. */
    String emit(SdkModel model);

    /** What stands at the head of every SDK. */
    static String head(SdkModel model) {
        return "Client of the Matrix API, version " + model.version()
                + ". Generated from its operations; one file, no dependency.";
    }
}
