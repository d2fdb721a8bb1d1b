package io.omnitls.benchmarks.peers;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.conscrypt.Conscrypt;

/**
 * A backend's own contexts and engines, with its default trust manager, the name checked, and one version and suite.
 * Sessions are kept by name and port: a port of its own for each connection is a full handshake.
 */
public final class BareContexts {
    private static final char[] PASSWORD = "benchmark".toCharArray();

    private final Backend backend;
    private final Suite suite;
    private final SSLContext client;
    private final SSLContext server;
    private int port;

    public BareContexts(Backend backend, Suite suite, Identity identity) throws Exception {
        this.backend = backend;
        this.suite = suite;
        this.client = context(backend.provider(), trustManagers(backend, List.of(identity.root())), null);
        this.server = context(backend.provider(), null, keyManagers(backend, identity));
        // Full handshakes leave sessions that nobody asks for again.
        client.getClientSessionContext().setSessionCacheSize(10);
    }

    private static SSLContext context(Provider provider, TrustManager[] trust, KeyManager[] keys)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS", provider);
        context.init(keys, trust, null);
        return context;
    }

    /** A client's context that trusts these roots. */
    public static SSLContext trusting(Backend backend, List<X509Certificate> roots) throws Exception {
        return context(backend.provider(), trustManagers(backend, roots), null);
    }

    private static TrustManager[] trustManagers(Backend backend, List<X509Certificate> roots) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < roots.size(); i++) {
            store.setCertificateEntry("root" + i, roots.get(i));
        }
        TrustManagerFactory factory = backend == Backend.BCFIPS
                ? TrustManagerFactory.getInstance("PKIX", backend.provider())
                : TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        TrustManager[] managers = factory.getTrustManagers();
        return backend == Backend.CONSCRYPT ? new TrustManager[] {new SignedTrust(managers[0])} : managers;
    }

    private static KeyManager[] keyManagers(Backend backend, Identity identity) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", identity.key(), PASSWORD, identity.chain().toArray(new X509Certificate[0]));
        // The JDK has two: "PKIX" takes the key out of the key store, by its password, for each handshake.
        KeyManagerFactory factory = backend == Backend.BCFIPS
                ? KeyManagerFactory.getInstance("PKIX", backend.provider())
                : KeyManagerFactory.getInstance("SunX509");
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    public Backend backend() {
        return backend;
    }

    public SSLContext client() {
        return client;
    }

    public SSLContext server() {
        return server;
    }

    /** What a client's end asks for. */
    public SSLParameters clientParameters() {
        SSLParameters parameters = serverParameters();
        parameters.setServerNames(List.of(new SNIHostName(Identity.HOST)));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    /** What a server's end is set to. */
    public SSLParameters serverParameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {suite.protocol()});
        if (!suite.tls13() || backend.choosesTls13Suites()) {
            parameters.setCipherSuites(new String[] {suite.cipher()});
        }
        return parameters;
    }

    /** A client's engine that has not been here before. */
    public SSLEngine clientEngine() {
        port = port % 60_000 + 1;
        return clientEngine(port);
    }

    /** A client's engine that resumes what one of the same port began. */
    SSLEngine clientEngine(int port) {
        SSLEngine engine = client.createSSLEngine(Identity.HOST, port);
        engine.setUseClientMode(true);
        engine.setSSLParameters(clientParameters());
        return engine;
    }

    public SSLEngine serverEngine() {
        SSLEngine engine = server.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(serverParameters());
        if (backend == Backend.CONSCRYPT) {
            Conscrypt.setUseSessionTickets(engine, true); // off by default, and OmniTLS has them on
        }
        return engine;
    }
}
