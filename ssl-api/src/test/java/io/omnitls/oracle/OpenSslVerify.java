package io.omnitls.oracle;

import io.omnitls.cert.Pem;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.VerifyFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A question for {@code openssl verify}. */
public record OpenSslVerify(
        List<X509Certificate> presented,
        List<X509Certificate> trusted,
        List<X509CRL> crls,
        Set<VerifyFlag> flags,
        int level,
        int maxDepth,
        Purpose purpose,
        Optional<String> name) {
    private static final Pattern ERROR = Pattern.compile("error (\\d+) at (\\d+) depth lookup");
    private static final Map<VerifyFlag, String> OPTIONS = Map.of(
            VerifyFlag.CRL_CHECK_LEAF, "-crl_check",
            VerifyFlag.CRL_CHECK_CHAIN, "-crl_check_all",
            VerifyFlag.X509_STRICT, "-x509_strict",
            VerifyFlag.X509_TRUSTED_FIRST, "-trusted_first",
            VerifyFlag.ALLOW_PROXY_CERTS, "-allow_proxy_certs",
            VerifyFlag.X509_PARTIAL_CHAIN, "-partial_chain");

    /** The answer: the number of the first error, 0 for none, and where it was found. */
    public record Verdict(int code, int depth, String output) {
        @Override
        public String toString() {
            return code + " at " + depth;
        }
    }

    /** Asks; files go to a new folder in {@code directory}. */
    public Verdict run(Path directory) throws Exception {
        Path files = Files.createTempDirectory(directory, "case");
        List<String> command = new ArrayList<>(List.of("verify", "-no-CApath", "-no-CAstore"));
        StringBuilder store = new StringBuilder();
        trusted.forEach(certificate -> store.append(Pem.encodeCertificate(certificate)));
        for (X509CRL crl : crls) {
            store.append(pem("X509 CRL", crl.getEncoded()));
        }
        command.addAll(List.of("-CAfile", write(files, "store", store.toString())));
        if (purpose != Purpose.ANY) {
            command.addAll(List.of("-purpose", purpose == Purpose.SERVER ? "sslserver" : "sslclient"));
        }
        command.addAll(List.of("-auth_level", Integer.toString(level), "-verify_depth", Integer.toString(maxDepth)));
        name.ifPresent(host -> command.addAll(List.of("-verify_hostname", host)));
        flags.forEach(flag -> command.add(OPTIONS.get(flag)));
        StringBuilder untrusted = new StringBuilder();
        presented
                .subList(1, presented.size())
                .forEach(certificate -> untrusted.append(Pem.encodeCertificate(certificate)));
        if (untrusted.length() > 0) {
            command.addAll(List.of("-untrusted", write(files, "untrusted", untrusted.toString())));
        }
        command.add(write(files, "leaf", Pem.encodeCertificate(presented.get(0))));
        String output = OpenSsl.run(command.toArray(new String[0])).output();
        Matcher error = ERROR.matcher(output);
        return error.find()
                ? new Verdict(Integer.parseInt(error.group(1)), Integer.parseInt(error.group(2)), output)
                : new Verdict(0, 0, output);
    }

    private static String write(Path files, String name, String content) throws Exception {
        return Files.writeString(files.resolve(name), content).toString();
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }
}
