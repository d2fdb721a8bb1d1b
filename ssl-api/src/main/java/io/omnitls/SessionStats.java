package io.omnitls;

/**
 * What a context has counted since it was built: Python's {@code session_stats()}, OpenSSL's {@code SSL_CTX_sess_number}.
 * Of OpenSSL's counters it lacks those that no backend tells: sessions that were too old, and those that had to make room
 * for others; both are among the misses here.
 *
 * @param number how many sessions the backend keeps now; those in tickets are kept by the clients
 * @param connect handshakes that began on clients
 * @param connectGood those that were completed
 * @param accept handshakes that began on servers, which is when the ClientHello is known
 * @param acceptGood those that were completed
 * @param hits sessions that were resumed
 * @param misses sessions that were offered, and not resumed by the server: unknown, too old or of another context
 */
public record SessionStats(
        long number, long connect, long connectGood, long accept, long acceptGood, long hits, long misses) {

    /** Always 0: no connection is renegotiated, see {@link io.omnitls.protocol.TlsOption#NO_RENEGOTIATION}. */
    public long connectRenegotiate() {
        return 0;
    }

    /** Always 0, as {@link #connectRenegotiate}. */
    public long acceptRenegotiate() {
        return 0;
    }
}
