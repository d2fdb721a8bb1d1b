package io.omnitls.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code tls} command. Exits with 0 when all went well, 1 when something failed, 2 when it was called wrongly. */
@Command(
        name = "tls",
        description = "TLS from the shell, on a crypto backend of your choice.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DoctorCommand.class,
            ConnectCommand.class,
            ServeCommand.class,
            CertCommand.class,
            ScanCommand.class,
            VerifyCommand.class,
            CiphersCommand.class,
            CaCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  tls doctor",
            "  tls connect example.org:443",
            "  tls connect --starttls smtp mail.example.org:25",
            "  tls serve 8443 --cert chain.pem --key key.pem --www public",
            "  tls verify --cafile root.pem --purpose SERVER --hostname example.org chain.pem"
        })
final class Main implements Runnable {
    /**
     * BC's TLS library warns, at its first use, of each entry of {@code jdk.certpath.disabledAlgorithms} that it does not
     * understand. Nobody who runs this command can do anything about that. Kept here because loggers are collected.
     */
    private static final Logger BC_LOGGER = Logger.getLogger("org.bouncycastle.jsse.provider");

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    private boolean debug;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Main main = new Main();
        CommandLine command = main.commandLine();
        int exitCode = main.execute(command, arguments);
        if (System.out.checkError() && exitCode == CommandLine.ExitCode.OK) {
            exitCode = main.failed(OutputFailure.ofSystemOut(), command);
        }
        System.exit(exitCode);
    }

    /** Runs the command; the exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Main main = new Main();
        return main.execute(main.commandLine().setOut(out).setErr(err), arguments);
    }

    /** All commands with their options. */
    static CommandSpec specification() {
        return new Main().commandLine().getCommandSpec();
    }

    private CommandLine commandLine() {
        BC_LOGGER.setLevel(Level.SEVERE);
        CommandLine command = new CommandLine(this);
        Values.register(command);
        return command.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, failed, parsed) -> failed(failure, failed))
                .setParameterExceptionHandler(Main::usage);
    }

    private int execute(CommandLine command, String... arguments) {
        try {
            return command.execute(arguments);
        } catch (Error e) { // picocli takes exceptions alone; a LinkageError, for instance, is a broken installation
            return failed(e, command);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which command? " + String.join(", ", spec.subcommands().keySet()) + "; tls --help says more");
    }

    private static int usage(ParameterException failure, String[] arguments) {
        List<String> suggestions =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        PrintWriter err = failure.getCommandLine().getErr();
        err.println("tls: " + describe(failure)
                + (suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?"));
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static String describe(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String word = "'" + unmatched.getUnmatched().get(0) + "'";
            if (unmatched.isUnknownOption()) {
                return "there is no option " + word;
            }
            return failure.getCommandLine().getParent() == null
                    ? "there is no command " + word
                    : "one argument too many: " + word;
        }
        return Failures.describe(failure);
    }

    private int failed(Throwable thrown, CommandLine command) {
        if (thrown instanceof OutputFailure output && output.readerHasGone()) {
            return CommandLine.ExitCode.OK;
        }
        Throwable failure = thrown instanceof HalfDone half ? half.failure() : thrown;
        int exitCode = Failures.exitCode(failure);
        if (exitCode == CommandLine.ExitCode.SOFTWARE && isJson(command) && !(failure instanceof OutputFailure)) {
            printJson(thrown instanceof HalfDone half ? half.facts() : Map.of(), Failures.describe(failure), command);
        }
        PrintWriter err = command.getErr();
        err.println("tls: " + Failures.describe(failure));
        if (debug) {
            failure.printStackTrace(err);
        }
        err.flush();
        return exitCode;
    }

    private static boolean isJson(CommandLine command) {
        OptionSpec option = command.getCommandSpec().findOption("--json");
        return option != null && Boolean.TRUE.equals(option.getValue());
    }

    /** Programs find there what went wrong, as they find what went well. */
    private static void printJson(Map<String, Object> known, String trouble, CommandLine command) {
        PrintWriter out = command.getOut();
        if (command.getCommand() instanceof ServeCommand) {
            new ServerLog(out, true).failed(trouble);
            return;
        }
        Map<String, Object> facts = new LinkedHashMap<>(known);
        facts.put("error", trouble);
        out.println(Json.write(facts));
        out.flush();
    }
}
