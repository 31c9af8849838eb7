package dev.matrix.devtools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** A runtime's source with slots: lines of a comment sign and {@code @name}, and {@code @version} within a line. */
record Template(List<String> lines) {

    /** The runtime of that file name. */
    static Template of(String file) {
        try (InputStream in = Template.class.getResourceAsStream("sdk/" + file)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks the SDK runtime " + file + ".");
            }
            return new Template(new String(in.readAllBytes(), UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The SDK runtime " + file + " can't be read from the jar.", e);
        }
    }

    /**
     * The source.
     *
     * @param sign the comment sign before a slot's name
     * @param slots each slot's text; it is indented as its slot is
     */
    String fill(String sign, String version, Map<String, String> slots) {
        StringBuilder out = new StringBuilder();
        for (String line : lines) {
            String text = line.strip();
            String slot = text.startsWith(sign + "@") ? slots.get(text.substring(sign.length() + 1)) : null;
            if (slot == null) {
                out.append(line.replace("@version", version)).append('\n');
                continue;
            }
            String indent = line.substring(0, line.indexOf(sign));
            slot.lines()
                    .forEach(each -> out.append(each.isEmpty() ? "" : indent)
                            .append(each)
                            .append('\n'));
        }
        return out.toString();
    }
}
