package io.omnitls.bcfips;

import io.omnitls.error.TlsException;
import io.omnitls.spi.Availability;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineFactory;
import io.omnitls.spi.Feature;
import io.omnitls.spi.ProviderInfo;
import io.omnitls.spi.TlsProvider;
import java.util.Optional;

/**
 * TLS on the Bouncy Castle FIPS module. Found by {@link java.util.ServiceLoader}; use it through
 * {@code io.omnitls.ClientContext}. Thread-safe.
 *
 * <p><strong>Approved mode</strong> belongs to the process: start it with
 * {@code -Dorg.bouncycastle.fips.approved_only=true} and everything that the module does not approve disappears from
 * {@link #capabilities()}, and is refused.
 *
 * <p><strong>Start.</strong> The module tests itself for one to three seconds when {@link #availability()} is first
 * asked; nothing is loaded before that, and nothing is added to {@code java.security.Security}'s list.
 *
 * <p><strong>Command line.</strong> The module's native library makes AES-GCM some fifteen times as fast as its Java
 * code. From JDK 24 on it wants {@code --enable-native-access=org.bouncycastle.fips.core} ({@code ALL-UNNAMED} on the
 * class path); {@code -Dorg.bouncycastle.native.cpu_variant=java} does without it. What the backend logs (each refused
 * handshake with a stack trace, and entries of {@code jdk.tls.disabledAlgorithms} that it does not understand and so does
 * not apply) is kept back unless the logger {@code org.bouncycastle.jsse}, one above it or one below it is given a level:
 * {@code org.bouncycastle.jsse.level=INFO} in {@code logging.properties}.
 *
 * <p><strong>Groups and certificates.</strong> The backend makes and accepts ECDSA signatures on those curves alone that
 * are among a context's groups, in TLS 1.3 too: a choice of groups that leaves out secp256r1 leaves out P-256
 * certificates. On a server of TLS 1.2 the client's order of groups decides.
 *
 * <p><strong>TLS_RSA_* suites</strong> are left out, because the module never again signs with an RSA key that has
 * decrypted; {@code -Dorg.bouncycastle.rsa.allow_multi_use=true} lifts that and brings them back, outside approved mode.
 */
public final class BcFipsProvider implements TlsProvider {

    /** For {@link java.util.ServiceLoader}. */
    public BcFipsProvider() {}

    @Override
    public String name() {
        return "bcfips";
    }

    @Override
    public Availability availability() {
        return BcFipsStart.outcome().availability();
    }

    @Override
    public ProviderInfo info() {
        return BcFipsStart.backend().info();
    }

    @Override
    public Capabilities capabilities() {
        return BcFipsStart.backend().capabilities();
    }

    /** The approved mode cannot be had later. */
    @Override
    public Optional<String> condition(Feature missing) {
        return missing == Feature.FIPS && !capabilities().has(Feature.FIPS)
                ? Optional.of("in a process that is started with -D" + ApprovedMode.PROPERTY + "=true")
                : Optional.empty();
    }

    /** Last: it is chosen by name, or because it alone is there. */
    @Override
    public int priority() {
        return 10;
    }

    /** The module's own cryptography and nothing else: no other provider sneaks in, in approved mode or outside it. */
    @Override
    public CryptoServices crypto() {
        return BcFipsStart.backend().crypto();
    }

    @Override
    public EngineFactory open(ContextSpec spec) throws TlsException {
        return BcFipsContext.open(spec, BcFipsStart.backend());
    }
}
