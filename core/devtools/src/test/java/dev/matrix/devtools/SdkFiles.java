package dev.matrix.devtools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Generated clients, in memory or in a folder. */
final class SdkFiles {

    private SdkFiles() {}

    static Map<String, String> of(SdkModel model) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("matrix.ts", new ScriptSdk(new TypeScriptDialect()).emit(model));
        files.put("matrix.mjs", new ScriptSdk(new JavaScriptDialect(false)).emit(model));
        files.put("matrix.cjs", new ScriptSdk(new JavaScriptDialect(true)).emit(model));
        files.put("matrix.py", new PythonSdk().emit(model));
        files.put("matrix.sh", new ShellSdk().emit(model));
        return files;
    }

    static void write(SdkModel model, Path folder) throws IOException {
        for (Map.Entry<String, String> file : of(model).entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
