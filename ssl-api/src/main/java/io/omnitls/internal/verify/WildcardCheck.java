package io.omnitls.internal.verify;

import io.omnitls.cert.PeerName;
import io.omnitls.error.VerifyCode;
import io.omnitls.internal.x509.Ascii;
import io.omnitls.internal.x509.GeneralNameView;
import java.util.List;
import java.util.Optional;

/**
 * A wildcard speaks for nobody where strangers get the names that it stands for (BR 3.2.2.6): below {@code co.uk}, below
 * {@code github.io}. Judged when it would match: the owner of {@code s3.amazonaws.com} has {@code *.s3.amazonaws.com} among
 * his names and is served by the others.
 */
record WildcardCheck(PeerName name) implements ChainCheck {

    @Override
    public Optional<Finding> check(CertificatePath path) {
        Optional<String> host = name.dnsName();
        int dot = host.map(text -> text.indexOf('.')).orElse(-1);
        if (dot < 0) {
            return Optional.empty();
        }
        String base = host.get().substring(dot + 1);
        boolean strangers = PublicSuffixes.isRegistryControlled(base) || PublicSuffixes.isPrivateSuffix(base);
        if (!strangers || named(path, host.get())) {
            return Optional.empty();
        }
        return Finding.of(
                VerifyCode.HOSTNAME_MISMATCH,
                0,
                "the certificate is for *." + base + ", a wildcard for a public suffix, and not for " + name
                        + " itself");
    }

    private static boolean named(CertificatePath path, String host) {
        return path.leaf().extensions().subjectAltName().orElse(List.of()).stream()
                .anyMatch(each -> each.kind() == GeneralNameView.DNS
                        && Ascii.lowerCase(each.text()).equals(host));
    }
}
