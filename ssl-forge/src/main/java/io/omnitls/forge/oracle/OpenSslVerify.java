package io.omnitls.forge.oracle;

import io.omnitls.forge.PemText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question for {@code openssl verify}.
 *
 * @param presented certificates in DER, the one to judge first
 * @param store anchors and CRLs in PEM
 */
public record OpenSslVerify(
        List<byte[]> presented,
        String store,
        Set<Option> options,
        int level,
        int maxDepth,
        Purpose purpose,
        Optional<String> host) {
    private static final Pattern ERROR = Pattern.compile("error (\\d+) at (\\d+) depth lookup");

    /** What {@code X509_V_FLAG_*} are called on the command line; Python's and our names. */
    public enum Option {
        CRL_CHECK_LEAF("-crl_check"),
        CRL_CHECK_CHAIN("-crl_check_all"),
        X509_STRICT("-x509_strict"),
        ALLOW_PROXY_CERTS("-allow_proxy_certs"),
        X509_TRUSTED_FIRST("-trusted_first"),
        X509_PARTIAL_CHAIN("-partial_chain");

        private final String argument;

        Option(String argument) {
            this.argument = argument;
        }
    }

    /** {@code -purpose}. */
    public enum Purpose {
        SERVER(Optional.of("sslserver")),
        CLIENT(Optional.of("sslclient")),
        ANY(Optional.empty());

        private final Optional<String> argument;

        Purpose(Optional<String> argument) {
            this.argument = argument;
        }
    }

    /**
     * The answer.
     *
     * @param code the number of the first error, 0 for none, {@link #UNREADABLE} when a file could not be loaded
     * @param depth where it was found
     */
    public record Verdict(int code, int depth, String output) {
        public static final int UNREADABLE = -1;
        /** Of a verifier that threw what it did not declare, which no judge agrees with. */
        public static final int THREW = -2;

        /** None, for this reason. */
        public static Verdict unreadable(Exception reason) {
            return new Verdict(UNREADABLE, 0, String.valueOf(reason.getMessage()));
        }

        /** None, for this fault. */
        public static Verdict threw(Throwable fault) {
            return new Verdict(THREW, 0, fault.toString());
        }

        @Override
        public String toString() {
            return switch (code) {
                case UNREADABLE -> "unreadable";
                case THREW -> "exception";
                default -> code + " at " + depth;
            };
        }
    }

    /** Asks; files go to a new folder in {@code directory}. */
    public Verdict run(Path directory) throws Exception {
        Path files = Files.createTempDirectory(directory, "case");
        List<String> command = new ArrayList<>(List.of("verify", "-no-CApath", "-no-CAstore"));
        command.addAll(List.of("-CAfile", write(files, "store", store)));
        purpose.argument.ifPresent(word -> command.addAll(List.of("-purpose", word)));
        command.addAll(List.of("-auth_level", Integer.toString(level), "-verify_depth", Integer.toString(maxDepth)));
        host.ifPresent(name -> command.addAll(List.of("-verify_hostname", name)));
        options.forEach(option -> command.add(option.argument));
        if (presented.size() > 1) {
            StringBuilder untrusted = new StringBuilder();
            presented.subList(1, presented.size()).forEach(der -> untrusted.append(PemText.of("CERTIFICATE", der)));
            command.addAll(List.of("-untrusted", write(files, "untrusted", untrusted.toString())));
        }
        command.add(write(files, "leaf", PemText.of("CERTIFICATE", presented.get(0))));
        OpenSsl.Result result = OpenSsl.run(command.toArray(new String[0]));
        Matcher error = ERROR.matcher(result.output());
        if (error.find()) {
            return new Verdict(Integer.parseInt(error.group(1)), Integer.parseInt(error.group(2)), result.output());
        }
        return new Verdict(result.exitCode() == 0 ? 0 : Verdict.UNREADABLE, 0, result.output());
    }

    private static String write(Path files, String name, String content) throws Exception {
        return Files.writeString(files.resolve(name), content).toString();
    }
}
