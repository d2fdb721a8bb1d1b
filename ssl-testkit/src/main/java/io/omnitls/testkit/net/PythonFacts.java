package io.omnitls.testkit.net;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Python's {@code ssl} module says of one connection. After a handshake that failed there is an {@link #error} and
 * nothing else.
 *
 * @param version what {@code SSLSocket.version()} returns, for instance {@code TLSv1.3}
 * @param cipher OpenSSL's name of the suite
 * @param sessionReused {@code SSLSocket.session_reused}
 * @param applicationProtocol what ALPN has selected
 * @param tlsUnique the channel binding tls-unique in lower-case hexadecimal digits; Python has one in TLS 1.3 too, which
 *     means nothing
 * @param sharedCiphers {@code SSLSocket.shared_ciphers()} by OpenSSL's names; empty on a client, and on a resumed
 *     connection of TLS 1.2
 * @param peerCertificate whether {@code getpeercert()} tells of a verified certificate
 * @param peerSubject its subject, as pairs of OpenSSL's attribute name and the value, with {@code =} between them
 * @param echoed on a client, whether its line came back; on a server, whether data came at all
 * @param error the mnemonic of OpenSSL, or the name of the exception, that ended the connection
 */
public record PythonFacts(
        Optional<String> version,
        Optional<String> cipher,
        boolean sessionReused,
        Optional<String> applicationProtocol,
        Optional<String> tlsUnique,
        List<String> sharedCiphers,
        boolean peerCertificate,
        List<String> peerSubject,
        boolean echoed,
        Optional<String> error) {

    public PythonFacts {
        sharedCiphers = List.copyOf(sharedCiphers);
        peerSubject = List.copyOf(peerSubject);
    }

    /** Reads a line that {@code peer.py} printed: an object of strings, booleans and lists, whose keys are fixed. */
    static PythonFacts parse(String json) {
        return new PythonFacts(
                string(json, "version"),
                string(json, "cipher"),
                json.contains("\"session_reused\": true"),
                string(json, "alpn"),
                string(json, "tls_unique"),
                group(json, "shared_ciphers", "\\[([^]]*)]")
                        .map(PythonFacts::strings)
                        .orElse(List.of()),
                json.contains("\"peer_subject\": ["),
                group(json, "peer_subject", "\\[(\\[.*?])]")
                        .map(PythonFacts::pairs)
                        .orElse(List.of()),
                json.contains("\"echoed\": true"),
                string(json, "error"));
    }

    private static Optional<String> string(String json, String key) {
        return group(json, key, "\"((?:[^\"\\\\]|\\\\.)*)\"");
    }

    private static Optional<String> group(String json, String key, String value) {
        Matcher matcher = Pattern.compile("\"" + key + "\": " + value).matcher(json);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static List<String> strings(String json) {
        return STRING.matcher(json).results().map(result -> result.group(1)).toList();
    }

    private static List<String> pairs(String json) {
        return PAIR.matcher(json)
                .results()
                .map(result -> result.group(1) + "=" + result.group(2))
                .toList();
    }

    private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern PAIR = Pattern.compile("\\[\"([^\"]*)\", \"([^\"]*)\"]");
}
