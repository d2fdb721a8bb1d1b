package io.omnitls.cli;

import io.omnitls.error.TlsException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

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
            VerifyCommand.class,
            CaCommand.class
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
    private CommandLine.Model.CommandSpec spec;

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Runs the command; the exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine().setOut(out).setErr(err).execute(arguments);
    }

    private static CommandLine commandLine() {
        BC_LOGGER.setLevel(Level.SEVERE);
        Main main = new Main();
        CommandLine command = new CommandLine(main);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler(main.new OneLine());
        command.setParameterExceptionHandler(Main::usage);
        return command;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? doctor, connect, serve or verify; tls --help says more");
    }

    private static int usage(ParameterException failure, String[] arguments) {
        PrintWriter err = failure.getCommandLine().getErr();
        err.println("tls: " + failure.getMessage());
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** Says in one line what failed, why, and what to try. */
    private final class OneLine implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
            PrintWriter err = command.getErr();
            err.println("tls: " + describe(failure));
            if (debug) {
                failure.printStackTrace(err);
            }
            err.flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static String describe(Exception failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String advice = failure instanceof TlsException tls ? Advice.of(tls).orElse("") : "";
        if (failure instanceof UnknownHostException) {
            message = "unknown host: " + message;
        } else if (failure instanceof ConnectException) {
            message += "; is the server running, and is it this port?";
        }
        return message.replace('\n', ' ') + (advice.isEmpty() ? "" : "; " + advice);
    }
}
