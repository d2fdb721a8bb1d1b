package io.omnitls.cli;

import io.omnitls.ConnectionInfo;
import io.omnitls.TlsSocket;
import io.omnitls.cert.CertificateInfo;
import io.omnitls.cert.GeneralName;
import io.omnitls.cert.VerifyResult;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Shows a connection to people. */
final class ConnectionReport {
    private static final int MAX_NAMES = 8;

    private final PrintWriter out;

    ConnectionReport(PrintWriter out) {
        this.out = out;
    }

    /** What the handshake agreed on. */
    void success(Target target, TlsSocket socket) {
        ConnectionInfo info = socket.info();
        line("Connected", target + " (" + socket.getInetAddress().getHostAddress() + ") with " + info.provider());
        line("Protocol", info.version().protocolName());
        line("Cipher", info.cipher() + " (" + info.cipher().strengthBits() + " bits)");
        line("Group", info.namedGroup().map(NamedGroup::name).orElse("none"));
        line("Signature", info.signatureScheme().map(SignatureScheme::name).orElse("not shown"));
        line("ALPN", info.applicationProtocol().orElse("none"));
        line("SNI", info.serverName().orElse("none"));
        line("Session", info.sessionReused() ? "resumed" : "new");
        chain(socket);
        verdict(socket);
        out.println();
        out.flush();
    }

    /** What is known of a connection whose handshake failed. */
    void failure(TlsSocket socket) {
        chain(socket);
        verdict(socket);
        out.flush();
    }

    private void chain(TlsSocket socket) {
        List<X509Certificate> chain = socket.unverifiedChain();
        for (int depth = 0; depth < chain.size(); depth++) {
            CertificateInfo certificate = CertificateInfo.of(chain.get(depth));
            line(depth == 0 ? "Chain" : "", depth + "  " + certificate.subject());
            line("", "   issued by " + certificate.issuer());
            line(
                    "",
                    "   " + validity(certificate) + ", "
                            + chain.get(depth).getPublicKey().getAlgorithm() + " key, "
                            + chain.get(depth).getSigAlgName());
            if (depth == 0 && !certificate.subjectAltNames().isEmpty()) {
                line("", "   for " + names(certificate.subjectAltNames()));
            }
        }
    }

    private static String validity(CertificateInfo certificate) {
        Instant now = Instant.now();
        if (!certificate.notBefore().isPresent() || !certificate.notAfter().isPresent()) {
            return "validity unreadable";
        }
        Instant from = certificate.notBefore().get();
        Instant to = certificate.notAfter().get();
        String period = from.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10) + " to "
                + to.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10);
        if (now.isAfter(to)) {
            return period + " (expired)";
        }
        return now.isBefore(from)
                ? period + " (not yet valid)"
                : period + " (" + ChronoUnit.DAYS.between(now, to) + " days left)";
    }

    private static String names(List<GeneralName> names) {
        String shown = names.stream().limit(MAX_NAMES).map(GeneralName::value).collect(Collectors.joining(", "));
        return names.size() > MAX_NAMES ? shown + " and " + (names.size() - MAX_NAMES) + " more" : shown;
    }

    private void verdict(TlsSocket socket) {
        if (!socket.verifyResult().isPresent()) {
            return;
        }
        VerifyResult result = socket.verifyResult().get();
        line(
                "Verified",
                result.code().number() + " (" + result.code().text() + ")"
                        + (result.ok() ? "" : " at depth " + result.depth()));
        if (!result.ok()) {
            line("", result.explanation());
            Advice.of(result.code()).ifPresent(advice -> line("", advice));
        }
    }

    private void line(String label, String text) {
        out.printf("%-10s%s%n", label, text);
    }
}
