package io.omnitls.benchmarks.peers;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;

/** The backends as they are without OmniTLS, by the names of OmniTLS's providers. */
public enum Backend {
    JSSE("jsse", "JSSE") {
        @Override
        Provider start() {
            return Security.getProvider("SunJSSE");
        }
    },
    CONSCRYPT("conscrypt", "Conscrypt") {
        @Override
        Provider start() {
            return Conscrypt.newProvider();
        }
    },
    BCFIPS("bcfips", "BC-FIPS") {
        @Override
        Provider start() {
            return new BouncyCastleJsseProvider(false, new BouncyCastleFipsProvider());
        }
    };

    /** Both tell of every failed handshake; held here, since the registry holds loggers weakly. */
    private static final Logger[] QUIET = {Logger.getLogger("org.bouncycastle"), Logger.getLogger("org.conscrypt")};

    static {
        for (Logger logger : QUIET) {
            logger.setLevel(Level.OFF);
        }
    }

    private final String id;
    private final String title;

    Backend(String id, String title) {
        this.id = id;
        this.title = title;
    }

    abstract Provider start();

    /** The name of OmniTLS's provider. */
    public String id() {
        return id;
    }

    /** What tables call it. */
    public String title() {
        return title;
    }

    /** The backend of this name. */
    public static Backend of(String id) {
        return Arrays.stream(values())
                .filter(backend -> backend.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no provider " + id));
    }

    /** The provider, started once. */
    public Provider provider() {
        return switch (this) {
            case JSSE -> Jsse.PROVIDER;
            case CONSCRYPT -> Native.PROVIDER;
            case BCFIPS -> Fips.PROVIDER;
        };
    }

    /** Whether its engines are at their best with direct buffers. */
    public boolean prefersDirect() {
        return this == CONSCRYPT;
    }

    /** Whether it resumes sessions of TLS 1.3. */
    public boolean resumesTls13() {
        return this != BCFIPS;
    }

    /** Whether the suites of TLS 1.3 can be chosen: BoringSSL has its own order. */
    boolean choosesTls13Suites() {
        return this != CONSCRYPT;
    }

    /**
     * Leaves an engine. Conscrypt's gives its native memory and its two descriptors back when its last record was taken,
     * which {@code scratch} is for; the garbage collector comes too late for thousands.
     */
    void discard(SSLEngine engine, Scratch scratch) throws SSLException {
        engine.closeOutbound();
        if (this == CONSCRYPT) {
            scratch.toServer.clear();
            engine.wrap(Scratch.NOTHING, scratch.toServer);
            try {
                engine.closeInbound();
            } catch (SSLException noCloseNotify) {
                // An engine of ours says that the peer has not said it, and lets go all the same.
            }
        }
    }

    private static final class Jsse {
        static final Provider PROVIDER = JSSE.start();
    }

    private static final class Native {
        static final Provider PROVIDER = CONSCRYPT.start();
    }

    private static final class Fips {
        static final Provider PROVIDER = BCFIPS.start();
    }
}
