/**
 * What the author of a backend reads.
 *
 * <p>A backend joins by implementing {@link io.omnitls.spi.TlsProvider} and naming it in {@code provides
 * io.omnitls.spi.TlsProvider with ...} (and in {@code META-INF/services} for the class path). The API module owns
 * sockets, BIOs, certificate verification, PEM, cipher strings, the choice of ALPN protocol and of server context, the
 * reaction to truncation; a provider supplies <em>engines</em> and <em>facts</em>:
 *
 * <ol>
 *   <li>{@link io.omnitls.spi.TlsProvider#availability()} says, lazily and without throwing, whether the backend works
 *       in this process.
 *   <li>{@link io.omnitls.spi.TlsProvider#capabilities()} lists what it can do. A context that asks for more is refused
 *       when it is built; a provider never has to refuse anything itself.
 *   <li>{@link io.omnitls.spi.TlsProvider#open} turns a {@link io.omnitls.spi.ContextSpec}, in which everything is
 *       decided, into an {@link io.omnitls.spi.EngineFactory}, which makes one {@link io.omnitls.spi.TlsEngine} per
 *       connection.
 *   <li>{@link io.omnitls.spi.TlsEngine#explain} translates the backend's exceptions, the one table of errors that a
 *       provider has.
 * </ol>
 *
 * <p>A backend with a {@code javax.net.ssl.SSLContext} starts from {@link io.omnitls.spi.StandardEngineFactory} and
 * {@link io.omnitls.spi.StandardEngine} and overrides its peculiarities. A native library joins as an
 * {@code SSLEngine} of its own.
 *
 * <p><strong>Rules.</strong> Never touch {@code java.security.Security}'s list of providers. The key and trust managers
 * of the spec are final: install them as they are, call nothing else to judge a certificate, and never resume a session
 * that was not asked for, because a resumed handshake skips the trust manager. All engine methods of one connection are
 * called with one thread in {@code wrap} and one in {@code unwrap} at most; the trust and key managers must be called on
 * the thread that runs {@code wrap}, {@code unwrap} or a delegated task.
 *
 * <p>A backend whose classes do not take a certificate that the peer presents hands it on as an {@link
 * io.omnitls.spi.UnreadableCertificate}, so that the core, which goes by the bytes, gives it the same verdict as everywhere.
 */
@NullMarked
package io.omnitls.spi;

import org.jspecify.annotations.NullMarked;
