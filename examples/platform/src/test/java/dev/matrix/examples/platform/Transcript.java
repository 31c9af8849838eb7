package dev.matrix.examples.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The blocks of a page that are marked {@code console}: commands behind {@code $ }, going on behind {@code > }, and what
 * they print. {@code …} stands for what differs each time; in a command, for the text that was printed in its place last.
 */
record Transcript(List<Step> steps) {

    private static final String ANY = "…";
    private static final String END = "--end-of-step--";

    /** One command and what it prints. */
    record Step(String command, String expected) {

        /** Whether {@code printed} is what the page says. */
        boolean matches(String printed) {
            String pattern =
                    Arrays.stream(expected.split(ANY, -1)).map(Pattern::quote).collect(Collectors.joining(".*?"));
            return Pattern.compile(pattern, Pattern.DOTALL)
                    .matcher(printed.strip())
                    .matches();
        }
    }

    static Transcript of(Path page) throws IOException {
        List<Step> steps = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ ")) {
                steps.add(new Step(line.substring(2), ""));
            } else if (inside) {
                Step last = steps.remove(steps.size() - 1);
                steps.add(
                        line.startsWith("> ") && last.expected().isEmpty()
                                ? new Step(last.command() + "\n" + line.substring(2), "")
                                : new Step(last.command(), (last.expected() + "\n" + line).strip()));
            }
        }
        return new Transcript(steps);
    }

    /** Runs all of it in one shell; what was printed, step by step. */
    List<String> run(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash").redirectErrorStream(true);
        // What it talks to is on this machine.
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment().putAll(environment);
        Process shell = builder.start();
        List<String> printed = new ArrayList<>();
        try (Writer in = shell.outputWriter(UTF_8);
                BufferedReader out = new BufferedReader(new InputStreamReader(shell.getInputStream(), UTF_8))) {
            for (Step step : steps) {
                in.write(filled(step.command(), printed) + "\necho; echo " + END + "\n");
                in.flush();
                printed.add(untilEnd(out));
            }
        } finally {
            shell.destroy();
            shell.waitFor(10, TimeUnit.SECONDS);
        }
        return printed;
    }

    private static String untilEnd(BufferedReader out) throws IOException {
        StringBuilder printed = new StringBuilder();
        for (String line = out.readLine(); !END.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new AssertionError("The shell ended after: " + printed);
            }
            printed.append(line).append('\n');
        }
        return printed.toString().strip();
    }

    /** {@code HOOK=whe_…} becomes the newest id of that beginning that was printed. */
    private static String filled(String command, List<String> printed) {
        Matcher gap = Pattern.compile("(\\w+)" + ANY).matcher(command);
        return gap.replaceAll(found -> {
            Pattern wanted = Pattern.compile(Pattern.quote(found.group(1)) + "[A-Za-z0-9_-]+");
            for (int i = printed.size() - 1; i >= 0; i--) {
                Matcher match = wanted.matcher(printed.get(i));
                if (match.find()) {
                    return match.group();
                }
            }
            throw new AssertionError(
                    "Nothing printed so far begins with " + found.group(1) + ":\n" + String.join("\n", printed));
        });
    }
}
