package io.omnitls.benchmarks.bench;

import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.scenes.Catalogue;
import io.omnitls.benchmarks.scenes.Scene;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param scenes those named, or all of the form
 * @param store whether the smoke form writes what it will be compared with from now on
 */
record BenchOptions(
        boolean help,
        Form form,
        List<Scene> scenes,
        List<Backend> providers,
        Optional<Path> svg,
        Optional<Path> json,
        boolean markdown,
        boolean store) {

    static final String HEAD = """
            usage: ./bench [options]

            Measures OmniTLS beside the backends' bare engines and sockets, tls-channel and Netty.

              --long            take an hour, and add what the short form (under five minutes) leaves out
              --smoke           take half a minute, compare with stored figures, fail where one is 15 % below
              --store           with --smoke: store the figures instead
              --scene NAME      only this scene; may be repeated
              --provider NAME   only this provider: jsse, conscrypt, bcfips; may be repeated
              --svg FILE        write a bar chart too
              --json FILE       write the figures there (default: ssl-benchmarks/target/bench.json)
              --markdown        print the table of docs/performance.md
              --help            print this

            scenes:
            """;

    /** The command line cannot be understood; the message says why. */
    static final class UsageException extends Exception {
        UsageException(String message) {
            super(message);
        }
    }

    static BenchOptions parse(String... arguments) throws UsageException {
        return new Parser(List.of(arguments).iterator()).parse();
    }

    /** The help, with the scenes. */
    static String usage() {
        return HEAD
                + Catalogue.all().stream()
                        .map(scene -> String.format(
                                "  %-17s %s%s%n", scene.id(), scene.title(), scene.onlyLong() ? " (long form)" : ""))
                        .collect(Collectors.joining());
    }

    private static final class Parser {
        private final Iterator<String> arguments;
        private final List<Scene> scenes = new ArrayList<>();
        private final List<Backend> providers = new ArrayList<>();
        private Form form = Form.SHORT;
        private Optional<Path> svg = Optional.empty();
        private Optional<Path> json = Optional.empty();
        private boolean markdown;
        private boolean store;
        private boolean help;

        Parser(Iterator<String> arguments) {
            this.arguments = arguments;
        }

        BenchOptions parse() throws UsageException {
            while (arguments.hasNext()) {
                option(arguments.next());
            }
            if (store && form != Form.SMOKE) {
                throw new UsageException("--store goes with --smoke");
            }
            if (store && !(scenes.isEmpty() && providers.isEmpty())) {
                throw new UsageException("--store stores the figures of all scenes and providers");
            }
            return new BenchOptions(
                    help,
                    form,
                    scenes.isEmpty()
                            ? form.scenes()
                            : scenes.stream().distinct().toList(),
                    providers.isEmpty()
                            ? List.of(Backend.values())
                            : providers.stream().distinct().toList(),
                    svg,
                    json,
                    markdown,
                    store);
        }

        private void option(String option) throws UsageException {
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--long" -> form(Form.LONG);
                case "--smoke" -> form(Form.SMOKE);
                case "--store" -> store = true;
                case "--markdown" -> markdown = true;
                case "--scene" -> scenes.add(scene(value(option)));
                case "--provider" -> providers.add(provider(value(option)));
                case "--svg" -> svg = Optional.of(file(option));
                case "--json" -> json = Optional.of(file(option));
                default -> throw new UsageException("there is no option " + option);
            }
        }

        private void form(Form asked) throws UsageException {
            if (form != Form.SHORT && form != asked) {
                throw new UsageException("--long and --smoke are different forms");
            }
            form = asked;
        }

        private String value(String option) throws UsageException {
            if (!arguments.hasNext()) {
                throw new UsageException(option + " wants a value");
            }
            return arguments.next();
        }

        /** Where it cannot be written is known before the minutes of measuring. */
        private Path file(String option) throws UsageException {
            Path file = Path.of(value(option)).toAbsolutePath();
            if (!Files.isDirectory(file.getParent()) || Files.isDirectory(file)) {
                throw new UsageException(option + ": " + file + " cannot be written");
            }
            return file;
        }

        private static Scene scene(String id) throws UsageException {
            return Catalogue.named(id)
                    .orElseThrow(() -> new UsageException("there is no scene " + id + "; --help lists them"));
        }

        private static Backend provider(String id) throws UsageException {
            return Arrays.stream(Backend.values())
                    .filter(backend -> backend.id().equals(id))
                    .findFirst()
                    .orElseThrow(() ->
                            new UsageException("there is no provider " + id + "; there are jsse, conscrypt, bcfips"));
        }
    }
}
