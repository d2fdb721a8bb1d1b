package io.omnitls;

import io.omnitls.cert.Pem;
import io.omnitls.cert.TrustStore;
import io.omnitls.internal.engine.Deadline;
import io.omnitls.internal.transport.HostAddresses;
import io.omnitls.internal.transport.Timeouts;
import io.omnitls.protocol.VerifyMode;
import java.io.IOException;
import java.net.Socket;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What needs no context: the functions of Python's {@code ssl} module. Thread-safe. */
public final class Tls {
    private Tls() {}

    /**
     * Random bytes from the preferred provider's generator, fit for keys: {@code RAND_bytes}. There is no place for
     * {@code RAND_pseudo_bytes}, which Python has removed.
     *
     * @throws IllegalArgumentException when {@code count} is negative
     * @throws IllegalStateException when no provider works in this process
     */
    public static byte[] randomBytes(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("there are no " + count + " bytes");
        }
        byte[] bytes = new byte[count];
        TlsProviders.preferred().crypto().random().nextBytes(bytes);
        return bytes;
    }

    /**
     * Whether the preferred provider's generator can make random bytes: {@code RAND_status}. It seeds itself, so this is
     * false only where no provider works, or where the generator fails, as one of a validated module does after an error.
     */
    public static boolean randomStatus() {
        try {
            return randomBytes(1).length == 1;
        } catch (IllegalArgumentException | IllegalStateException | ProviderException noGenerator) {
            return false;
        }
    }

    /**
     * Mixes {@code seed} into the state of the preferred provider's generator: {@code RAND_add}. It adds to what the
     * generator has gathered itself and never takes its place, so no seed does harm, and none is needed.
     *
     * @param seed copied; wipe it after use if it is a secret
     * @throws IllegalStateException when no provider works in this process
     */
    public static void randomAdd(byte[] seed) {
        Objects.requireNonNull(seed, "seed");
        SecureRandom random = TlsProviders.preferred().crypto().random();
        random.nextBytes(new byte[1]); // some generators take a seed that comes first for their only one
        if (seed.length > 0) {
            random.setSeed(seed.clone());
        }
    }

    /**
     * A plain TCP connection to the first address of {@code host} that accepts one: Python's {@code
     * socket.create_connection}. For what comes before TLS, a proxy or STARTTLS, and then {@link ClientContext#wrap}. The
     * socket sends small writes at once (TCP_NODELAY), as those of {@code connect} do.
     *
     * @param timeout the limit for all addresses together; zero for none
     * @throws java.net.UnknownHostException when nobody knows the host
     * @throws IOException when no address accepts; the message says what each of them answered
     * @throws IllegalArgumentException when {@code timeout} is negative
     */
    public static Socket createConnection(String host, int port, Duration timeout) throws IOException {
        Objects.requireNonNull(host, "host");
        int millis = Timeouts.millis(Objects.requireNonNull(timeout, "timeout"));
        return HostAddresses.of(host, port).connect(Deadline.in(millis));
    }

    /**
     * The certificate of the server at {@code host}, as PEM, without asking who it is: {@code get_server_certificate}.
     * Whoever answers there can show any certificate, so trust nothing for it.
     *
     * @param timeout the limit for connecting and for the handshake, each; zero for none
     * @throws IOException when the host is not found or not reached, or the handshake fails
     */
    public static String serverCertificate(String host, int port, Duration timeout) throws IOException {
        Objects.requireNonNull(host, "host");
        return serverCertificate(
                ClientContext.builder()
                        .checkHostname(false)
                        .verifyMode(VerifyMode.NONE)
                        .build(),
                host,
                port,
                timeout);
    }

    /**
     * The same from a server that one of these authorities vouches for; its name is not checked.
     *
     * @throws io.omnitls.error.TlsCertificateVerificationException when none does
     */
    public static String serverCertificate(String host, int port, Duration timeout, TrustStore authorities)
            throws IOException {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(authorities, "authorities");
        return serverCertificate(
                ClientContext.builder()
                        .checkHostname(false)
                        .verifyLocations(authorities)
                        .build(),
                host,
                port,
                timeout);
    }

    private static String serverCertificate(ClientContext context, String host, int port, Duration timeout)
            throws IOException {
        try (TlsSocket socket = context.connect(host, port, ConnectionOptions.serverName(host), timeout)) {
            List<X509Certificate> chain = socket.unverifiedChain();
            if (chain.isEmpty()) {
                throw new IOException(host + " showed no certificate");
            }
            return Pem.encodeCertificate(chain.get(0));
        }
    }
}
