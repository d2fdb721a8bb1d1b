package io.omnitls.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What zsh needs to complete a command's words, and to say what they are for: a function for its completion system. */
final class ZshCompletion {
    private final CommandSpec root;

    ZshCompletion(CommandSpec root) {
        this.root = root;
    }

    String script() {
        String name = root.name();
        List<String> lines = new ArrayList<>(List.of(
                "#compdef " + name,
                "# Completes " + name + " in zsh: source <(" + name + " completion zsh), or as _" + name
                        + " in a directory of $fpath.",
                "_" + name + "() {",
                "  local curcontext=\"$curcontext\" context state line",
                "  typeset -A opt_args"));
        List<String> words = options(root);
        words.add("'1:command:->command'");
        words.add("'*::argument:->argument'");
        lines.add(arguments("  ", "-C", words));
        lines.addAll(List.of("  case $state in", "  command)", "    local -a commands", "    commands=("));
        root.subcommands().forEach((command, line) -> lines.add("      " + quoted(command + ":" + purpose(line))));
        lines.addAll(List.of(
                "    )",
                "    _describe -t commands command commands",
                "    ;;",
                "  argument)",
                "    case $words[1] in"));
        for (Map.Entry<String, CommandLine> command : root.subcommands().entrySet()) {
            CommandSpec spec = command.getValue().getCommandSpec();
            List<String> all = options(spec);
            spec.positionalParameters().forEach(positional -> all.add(positional(positional)));
            lines.add("    " + command.getKey() + ")");
            lines.add(arguments("      ", "", all));
            lines.add("      ;;");
        }
        lines.addAll(List.of(
                "    esac",
                "    ;;",
                "  esac",
                "}",
                "if [[ ${funcstack[1]-} == _" + name + " ]]; then",
                "  _" + name + " \"$@\"",
                "else",
                "  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }",
                "  compdef _" + name + " " + name,
                "fi"));
        return String.join("\n", lines) + "\n";
    }

    private static String arguments(String indent, String flag, List<String> words) {
        String separator = " \\\n" + indent + "  ";
        return indent + "_arguments" + (flag.isEmpty() ? "" : " " + flag) + separator + String.join(separator, words);
    }

    /** The first sentence of what its help says. */
    private static String purpose(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        String text = String.join(" ", usage.header().length > 0 ? usage.header() : usage.description());
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static List<String> options(CommandSpec command) {
        List<String> words = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                words.add(option(option));
            }
        }
        return words;
    }

    /** Where an option has two names, either of them excludes the other. */
    private static String option(OptionSpec option) {
        boolean takesValue = option.arity().max() > 0;
        String value = takesValue ? ":" + escaped(option.paramLabel()) + ":" + values(option) : "";
        String meaning = "[" + escaped(String.join(" ", option.description())) + "]" + value;
        String suffix = takesValue ? "=" : "";
        if (option.names().length == 1) {
            return quoted((option.isMultiValue() ? "*" : "") + option.names()[0] + suffix + meaning);
        }
        String names =
                List.of(option.names()).stream().map(each -> each + suffix).collect(Collectors.joining(","));
        return quoted("(" + String.join(" ", option.names()) + ")") + "{" + names + "}" + quoted(meaning);
    }

    private static String positional(PositionalParamSpec positional) {
        String where = positional.index().max() == Integer.MAX_VALUE
                ? "*"
                : String.valueOf(positional.index().min() + 1);
        return quoted(where + ":" + escaped(positional.paramLabel()) + ":" + values(positional));
    }

    /** The words to choose from, or how zsh finds them. */
    private static String values(ArgSpec argument) {
        if (argument.completionCandidates() != null) {
            List<String> candidates = new ArrayList<>();
            argument.completionCandidates().forEach(candidates::add);
            return "(" + String.join(" ", candidates) + ")";
        }
        boolean file = argument.type() == Path.class
                || List.of(argument.auxiliaryTypes()).contains(Path.class)
                || argument.paramLabel().startsWith("FILE");
        String label = argument.paramLabel();
        return file ? label.equals("DIR") || label.equals("D") ? "_files -/" : "_files" : " ";
    }

    /** Brackets and colons have a meaning to {@code _arguments}. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
