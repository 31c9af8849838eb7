package dev.matrix.devtools;

import dev.matrix.core.api.Schema.Property;
import dev.matrix.core.api.Words;
import dev.matrix.devtools.SdkMethod.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes {@code matrix.sh}. */
final class ShellSdk implements SdkEmitter {

    private final Template runtime = Template.of("matrix.sh");

    @Override
    public String emit(SdkModel model) {
        StringBuilder out = new StringBuilder(
                "_matrix_op() { # method, path, names in the query, names of headers, Accept\n  case $1 in\n");
        for (SdkNamespace namespace : model.namespaces()) {
            for (SdkMethod method : namespace.methods()) {
                out.append("    ")
                        .append(namespace.name().camel())
                        .append(".")
                        .append(method.name().camel())
                        .append(") _op=(")
                        .append(String.join(" ", words(method)))
                        .append(") ;; # ")
                        .append(Escapes.lineComment(method.doc()))
                        .append("\n");
            }
        }
        out.append("    *) _matrix_fail 2 \"there is no operation '$1'; --help lists them\" ;;\n  esac\n}");
        return runtime.fill(
                "#",
                model.version().toString(),
                Map.of(
                        "head",
                        "# " + SdkEmitter.head(model)
                                + "\n# bash 4 or newer with curl 7.76 or newer; openssl to verify webhooks. A command, or"
                                + " a library when sourced; --help tells more.",
                        "operations",
                        out.toString()));
    }

    private static List<String> words(SdkMethod method) {
        List<String> words = new ArrayList<>(List.of(
                method.operation().method(),
                Escapes.shell(method.operation().path()),
                Escapes.shell(method.hasBody() ? names(method.query()) : ""),
                Escapes.shell(method.headers().stream()
                        .map(each -> Words.of(each.name()).camel() + "=" + each.name())
                        .collect(Collectors.joining(" ")))));
        if (method.answer() instanceof Answer.Text) {
            words.add(Escapes.shell("*/*"));
        } else {
            while (words.get(words.size() - 1).equals("''")) {
                words.remove(words.size() - 1);
            }
        }
        return words;
    }

    private static String names(List<Property> properties) {
        return properties.stream().map(Property::name).collect(Collectors.joining(" "));
    }
}
