package io.omnitls;

/**
 * What a context has counted since it was built: Python's {@code session_stats()}, OpenSSL's {@code SSL_CTX_sess_number}.
 *
 * @param number how many sessions the backend keeps now; those in tickets are kept by the clients
 * @param connect handshakes that began on clients
 * @param connectGood those that were completed
 * @param accept handshakes that began on servers, which is when the ClientHello is known
 * @param acceptGood those that were completed
 * @param hits sessions that were resumed
 * @param misses sessions that were offered, and not resumed by the server: unknown, of another context, or too old where
 *     that is not among the {@code timeouts}
 * @param timeouts sessions that were offered to a server when they were older than its {@code sessionTimeout}: those of TLS
 *     1.2 that it keeps itself. A session that a client keeps, in a ticket or in TLS 1.3, is not told from an unknown one
 * @param cacheFull sessions of TLS 1.2 that a server kept itself, and that had to make room for others when there were as
 *     many as its {@code sessionCacheSize}
 */
public record SessionStats(
        long number,
        long connect,
        long connectGood,
        long accept,
        long acceptGood,
        long hits,
        long misses,
        long timeouts,
        long cacheFull) {

    /** Always 0: no connection is renegotiated, see {@link io.omnitls.protocol.TlsOption#NO_RENEGOTIATION}. */
    public long connectRenegotiate() {
        return 0;
    }

    /** Always 0, as {@link #connectRenegotiate}. */
    public long acceptRenegotiate() {
        return 0;
    }
}
