package io.omnitls.testkit.odd;

import io.omnitls.error.VerifyCode;
import io.omnitls.testkit.net.OpenSslPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code openssl verify} makes of a chain. */
public final class OpenSslVerdict {
    private static final Pattern ERROR = Pattern.compile("error (\\d+) at \\d+ depth lookup");

    private OpenSslVerdict() {}

    /**
     * The verdict on {@code chain} for {@code purpose}, which is sslserver or sslclient; empty when OpenSSL refuses it
     * without a code, because it cannot read it.
     */
    public static Optional<VerifyCode> of(OddChain chain, OddAuthority authority, String purpose, Path directory)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("-CAfile", write(directory, "root", authority.certificatePem()), "-purpose", purpose));
        if (purpose.equals("sslserver")) {
            arguments.addAll(List.of("-verify_hostname", OddAuthority.SERVER_NAME));
        }
        List<String> pem = chain.pem();
        for (int i = 1; i < pem.size(); i++) {
            arguments.addAll(List.of("-untrusted", write(directory, "issuer" + i, pem.get(i))));
        }
        arguments.add(write(directory, "leaf", pem.get(0)));
        String said = OpenSslPeer.output("verify", arguments.toArray(new String[0]));
        Matcher error = ERROR.matcher(said);
        if (error.find()) {
            return VerifyCode.of(Integer.parseInt(error.group(1)));
        }
        return said.contains(": OK") ? Optional.of(VerifyCode.OK) : Optional.empty();
    }

    private static String write(Path directory, String name, String pem) throws IOException {
        return Files.writeString(directory.resolve(name + ".pem"), pem).toString();
    }
}
