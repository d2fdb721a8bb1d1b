package io.omnitls.testkit.net;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Python's {@code ssl} module says of one connection. After a handshake that failed there is an {@link #error} and
 * nothing else.
 */
public final class PythonFacts {
    private final String json;

    private PythonFacts(String json) {
        this.json = json;
    }

    /** Reads a line that {@code peer.py} printed: an object of strings, booleans and lists, whose keys are fixed. */
    static PythonFacts parse(String json) {
        return new PythonFacts(json);
    }

    /** What {@code SSLSocket.version()} returns, for instance {@code TLSv1.3}. */
    public Optional<String> version() {
        return string("version");
    }

    /** OpenSSL's name of the suite. */
    public Optional<String> cipher() {
        return string("cipher");
    }

    /** {@code SSLSocket.session_reused}. */
    public boolean sessionReused() {
        return json.contains("\"session_reused\": true");
    }

    /** What ALPN has selected. */
    public Optional<String> applicationProtocol() {
        return string("alpn");
    }

    /**
     * The channel binding tls-unique in lower-case hexadecimal digits; Python has one in TLS 1.3 too, which means nothing.
     */
    public Optional<String> tlsUnique() {
        return string("tls_unique");
    }

    /**
     * {@code SSLSocket.shared_ciphers()} by OpenSSL's names; empty on a client, and on a resumed connection of TLS 1.2.
     */
    public List<String> sharedCiphers() {
        return group("shared_ciphers", "\\[([^]]*)]").map(PythonFacts::strings).orElse(List.of());
    }

    /** Whether {@code getpeercert()} tells of a verified certificate. */
    public boolean peerCertificate() {
        return json.contains("\"peer_subject\": [");
    }

    /** Its subject, as pairs of OpenSSL's attribute name and the value, with {@code =} between them. */
    public List<String> peerSubject() {
        return group("peer_subject", "\\[(\\[.*?])]").map(PythonFacts::pairs).orElse(List.of());
    }

    /** On a client, whether its line came back; on a server, whether data came at all. */
    public boolean echoed() {
        return json.contains("\"echoed\": true");
    }

    /** The mnemonic of OpenSSL, or the name of the exception, that ended the connection. */
    public Optional<String> error() {
        return string("error");
    }

    /** The line that was printed. */
    @Override
    public String toString() {
        return json;
    }

    private Optional<String> string(String key) {
        return group(key, "\"((?:[^\"\\\\]|\\\\.)*)\"");
    }

    private Optional<String> group(String key, String value) {
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
