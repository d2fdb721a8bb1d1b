package io.omnitls.cli;

import io.omnitls.ConnectionInfo;
import io.omnitls.TlsSocket;
import io.omnitls.cert.CertificateInfo;
import io.omnitls.cert.GeneralName;
import io.omnitls.cert.Pem;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            CertificateFacts facts = new CertificateFacts(chain.get(depth));
            CertificateInfo certificate = facts.info();
            line(depth == 0 ? "Chain" : "", depth + "  " + certificate.subject());
            line("", "   issued by " + certificate.issuer());
            line(
                    "",
                    "   " + Validity.of(certificate, Instant.now()).text() + ", " + facts.key() + " key, "
                            + facts.signature());
            if (depth == 0 && !certificate.subjectAltNames().isEmpty()) {
                line("", "   for " + names(certificate.subjectAltNames()));
            }
        }
    }

    private static String names(List<GeneralName> names) {
        String shown = names.stream().limit(MAX_NAMES).map(GeneralName::value).collect(Collectors.joining(", "));
        return names.size() > MAX_NAMES ? shown + " and " + (names.size() - MAX_NAMES) + " more" : shown;
    }

    private void verdict(TlsSocket socket) {
        socket.verifyResult().ifPresent(result -> {
            String label = "Verified";
            for (String text : new Verdict(result).lines()) {
                line(label, text);
                label = "";
            }
        });
    }

    /** The chain as PEM. */
    void certificates(TlsSocket socket) {
        socket.unverifiedChain().forEach(certificate -> out.print(Pem.encodeCertificate(certificate)));
        out.println();
        out.flush();
    }

    /** Everything as JSON, whether or not it came to a connection. */
    static Map<String, Object> json(Target target, TlsSocket socket) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("target", target.toString());
        facts.put("address", socket.getInetAddress().getHostAddress());
        List<Object> chain = new ArrayList<>();
        socket.unverifiedChain().forEach(certificate -> chain.add(new CertificateFacts(certificate).json()));
        facts.put("chain", chain);
        socket.verifyResult().ifPresent(result -> facts.put("verified", new Verdict(result).json()));
        return facts;
    }

    /** What the handshake agreed on, as JSON. */
    static Map<String, Object> json(ConnectionInfo info) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("provider", info.provider());
        facts.put("version", info.version().protocolName());
        facts.put("cipher", info.cipher().name());
        info.namedGroup().ifPresent(group -> facts.put("group", group.name()));
        info.signatureScheme().ifPresent(scheme -> facts.put("signature", scheme.name()));
        info.applicationProtocol().ifPresent(protocol -> facts.put("alpn", protocol));
        info.serverName().ifPresent(name -> facts.put("serverName", name));
        facts.put("sessionReused", info.sessionReused());
        return facts;
    }

    private void line(String label, String text) {
        out.printf("%-10s%s%n", label, Printable.of(text));
    }
}
