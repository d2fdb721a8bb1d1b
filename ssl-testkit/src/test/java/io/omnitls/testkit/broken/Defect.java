package io.omnitls.testkit.broken;

import io.omnitls.ClientContext;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.DhParameters;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.SignatureScheme;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.AlertChoice;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.Feature;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.VerifyFailure;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/** One thing that a provider's author may get wrong, the rules that have to notice, and a word of what they then say. */
enum Defect {
    /** The provider hides: other tests ask which providers there are. */
    NOT_IN_USE(""),

    /** Nothing is wrong: no rule may complain. */
    NONE(""),

    LOSES_A_GROUP("groups", "rule1_2_") {
        @Override
        Capabilities capabilities(Capabilities good) {
            List<NamedGroup> fewer = good.groups().subList(0, good.groups().size() - 1);
            return new Capabilities(
                    good.versions(),
                    good.cipherSuites(),
                    fewer,
                    good.keyAlgorithms(),
                    good.sessionTickets(),
                    good.signatureSchemes(),
                    good.features());
        }
    },

    IGNORES_THE_GROUPS("secp256r1", "rule1_3_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return copy(spec, spec.versions(), spec.cipherSuites(), true, List.of(), spec.verifyMode());
        }
    },

    HAS_NO_CIPHERS("UNSUPPORTED_ENCRYPTION", "rule5_22_") {
        @Override
        CryptoServices crypto(CryptoServices good) {
            return CryptoServices.of(good.random(), Security.getProvider("SUN"), Security.getProvider("SunEC"));
        }
    },

    REGISTERS_A_SECURITY_PROVIDER("Intruder", "rule1_5_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            Security.addProvider(new Intruder());
            return spec;
        }
    },

    CLAIMS_TO_BE_APPROVED("the client's context", "rule1_7_"),

    FORGETS_ALPN("h2", "rule2_2_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public Optional<String> applicationProtocol() {
                    return Optional.empty();
                }
            };
        }
    },

    IGNORES_THE_VERSION_BOUNDS("TLSv1.2", "rule2_4_", "rule13_2_") {
        @Override
        ContextSpec context(ContextSpec spec) throws TlsException {
            List<TlsVersion> all = List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
            return copy(spec, all, allSuites(), true, spec.groups(), spec.verifyMode());
        }
    },

    NEVER_ASKS_FOR_A_CERTIFICATE("OPTIONAL", "rule2_5_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return copy(spec, spec.versions(), spec.cipherSuites(), true, spec.groups(), VerifyMode.NONE);
        }
    },

    IGNORES_THE_CIPHER_LIST("ECDHE-ECDSA", "rule2_7_") {
        @Override
        ContextSpec context(ContextSpec spec) throws TlsException {
            return copy(spec, spec.versions(), allSuites(), true, spec.groups(), spec.verifyMode());
        }
    },

    LEAVES_THE_CHOICE_TO_THE_CLIENT("AES256", "rule2_10_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return copy(spec, spec.versions(), spec.cipherSuites(), false, spec.groups(), spec.verifyMode());
        }
    },

    SENDS_NO_SERVER_NAME("server.example", "rule2_11_") {
        @Override
        EngineSpec engineSpec(EngineSpec spec) {
            return spec instanceof EngineSpec.Client client
                    ? new EngineSpec.Client(
                            Optional.empty(), client.applicationProtocols(), client.session(), client.secrets())
                    : spec;
        }
    },

    IGNORES_THE_SIGNATURE_SCHEMES("ecdsa_secp256r1_sha256", "rule2_22_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return copy(spec, List.of(), spec.dhParameters(), spec.trustManager());
        }
    },

    IGNORES_THE_DH_PARAMETERS("the prime is not", "rule2_27_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return copy(spec, spec.signatureSchemes(), Optional.empty(), spec.trustManager());
        }
    },

    RESUMES_NOTHING("the client resumed it", "rule9_1_") {
        @Override
        EngineSpec engineSpec(EngineSpec spec) {
            return spec instanceof EngineSpec.Client client
                    ? new EngineSpec.Client(
                            client.serverName(), client.applicationProtocols(), Optional.empty(), client.secrets())
                    : spec;
        }
    },

    DENIES_ITS_EXPORTER("supported", "rule10_1_") {
        @Override
        Capabilities capabilities(Capabilities good) {
            EnumSet<Feature> features = EnumSet.copyOf(good.features());
            features.remove(Feature.KEYING_MATERIAL_EXPORT);
            return new Capabilities(
                    good.versions(),
                    good.cipherSuites(),
                    good.groups(),
                    good.keyAlgorithms(),
                    good.sessionTickets(),
                    good.signatureSchemes(),
                    features);
        }
    },

    KEEPS_ITS_SECRETS("did not tell", "rule12_1_") {
        @Override
        EngineSpec engineSpec(EngineSpec spec) {
            return spec instanceof EngineSpec.Client client
                    ? new EngineSpec.Client(
                            client.serverName(), client.applicationProtocols(), client.session(), Optional.empty())
                    : spec;
        }
    },

    LOSES_THE_LAST_BYTE("length", "rule3_2_", "rule14_3_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
                    SSLEngineResult result = super.unwrap(source, target);
                    if (result.bytesProduced() > 1) {
                        target.position(target.position() - 1);
                    }
                    return result;
                }
            };
        }
    },

    IS_DEAF_TO_CLOSE_NOTIFY("WANT_READ", "rule4_1_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
                    SSLEngineResult result = super.unwrap(source, target);
                    return result.getStatus() == Status.CLOSED
                            ? new SSLEngineResult(Status.OK, result.getHandshakeStatus(), result.bytesConsumed(), 0)
                            : result;
                }
            };
        }
    },

    DIES_OF_A_KEY_UPDATE("on purpose", "rule7_9_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                private boolean complete;

                @Override
                public SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
                    SSLEngineResult result = super.wrap(source, target);
                    complete |= result.bytesConsumed() > 0; // data was sent
                    return result;
                }

                @Override
                public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
                    SSLEngineResult result = super.unwrap(source, target);
                    if (complete && result.bytesProduced() == 0 && result.getStatus() == Status.OK) {
                        throw new SSLException("on purpose");
                    }
                    return result;
                }
            };
        }
    },

    NAMES_NO_AUTHORITIES("CA names", "rule2_19_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return copy(spec, new Judge(spec.trustManager()) {
                @Override
                void refuse(VerifyFailure failure) throws VerifyFailure {
                    throw failure;
                }

                @Override
                public X509Certificate[] getAcceptedIssuers() {
                    return new X509Certificate[0];
                }
            });
        }
    },

    OFFERS_NO_PROTOCOLS("Optional[b]", "rule11_1_") {
        @Override
        EngineSpec engineSpec(EngineSpec spec) {
            return spec instanceof EngineSpec.Client client
                    ? new EngineSpec.Client(client.serverName(), List.of(), client.session(), client.secrets())
                    : spec;
        }
    },

    TRUSTS_EVERYBODY("TlsCertificateVerificationException", "rule5_1_", "rule7_3_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return copy(spec, new Judge(spec.trustManager()) {
                @Override
                void refuse(VerifyFailure failure) {}
            });
        }
    },

    MISJUDGES("UNSPECIFIED", "rule5_1_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return copy(spec, new Judge(spec.trustManager()) {
                @Override
                void refuse(VerifyFailure failure) throws VerifyFailure {
                    throw new VerifyFailure(VerifyCode.UNSPECIFIED, 0, "no");
                }
            });
        }
    },

    LEAVES_THE_ALERT_TO_CHANCE("unknown_ca", "rule5_1_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public AlertChoice alertChoice() {
                    return AlertChoice.BACKEND;
                }
            };
        }
    },

    MINDS_THE_KEY_USAGE("INVALID_PURPOSE", "rule5_45_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return copy(spec, new Judge(spec.trustManager()) {
                @Override
                public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                        throws CertificateException {
                    boolean[] usage = chain[0].getKeyUsage();
                    if (usage != null && !usage[0]) {
                        throw new VerifyFailure(VerifyCode.INVALID_PURPOSE, 0, "INVALID_PURPOSE: no signatures");
                    }
                    super.checkServerTrusted(chain, authType, engine);
                }

                @Override
                void refuse(VerifyFailure failure) throws VerifyFailure {
                    throw failure;
                }
            });
        }
    },

    EXPLAINS_NOTHING("INTERNAL_ERROR", "rule5_41_", "rule6_1_", "rule6_6_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public EngineFailure explain(Throwable failure) {
                    return EngineFailure.of(ErrorReason.INTERNAL_ERROR, "something is wrong");
                }
            };
        }
    },

    LEAKS_DESCRIPTORS("descriptors", "rule8_1_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            if (LEAKED.size() < 1_500) {
                LEAKED.add(open());
            }
            return good;
        }
    };

    private static final List<FileInputStream> LEAKED = new ArrayList<>();

    private final String message;
    private final String rules; // an enum's fields are immutable, which no List says of itself

    Defect(String message, String... rules) {
        this.message = message;
        this.rules = String.join(" ", rules);
    }

    /** What the complaint has to speak of. */
    String message() {
        return message;
    }

    /** The beginnings of the names of the contract methods that have to notice. */
    List<String> rules() {
        return List.of(rules.split(" ", -1));
    }

    Capabilities capabilities(Capabilities good) {
        return good;
    }

    CryptoServices crypto(CryptoServices good) {
        return good;
    }

    ContextSpec context(ContextSpec spec) throws TlsException {
        return spec;
    }

    EngineSpec engineSpec(EngineSpec spec) {
        return spec;
    }

    TlsEngine engine(TlsEngine good) {
        return good;
    }

    /** Undoes what outlives the provider. */
    static void cleanUp() throws IOException {
        Security.removeProvider(Intruder.NAME);
        for (FileInputStream leaked : LEAKED) {
            leaked.close();
        }
        LEAKED.clear();
    }

    private static List<CipherSuite> allSuites() throws TlsException {
        return ClientContext.builder()
                .provider(BrokenProvider.good().name())
                .build()
                .ciphers();
    }

    private static FileInputStream open() {
        try {
            return new FileInputStream("/dev/null");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ContextSpec copy(ContextSpec spec, X509ExtendedTrustManager trustManager) {
        return copy(spec, spec.signatureSchemes(), spec.dhParameters(), trustManager);
    }

    private static ContextSpec copy(
            ContextSpec spec,
            List<SignatureScheme> signatureSchemes,
            Optional<DhParameters> dhParameters,
            X509ExtendedTrustManager trustManager) {
        return new ContextSpec(
                spec.role(),
                spec.versions(),
                spec.cipherSuites(),
                spec.preferServerCiphers(),
                spec.groups(),
                spec.sessions(),
                spec.secretUses(),
                spec.verifyMode(),
                signatureSchemes,
                dhParameters,
                spec.keyManager(),
                trustManager);
    }

    private static ContextSpec copy(
            ContextSpec spec,
            List<TlsVersion> versions,
            List<CipherSuite> suites,
            boolean preferServerCiphers,
            List<NamedGroup> groups,
            VerifyMode mode) {
        return new ContextSpec(
                spec.role(),
                versions,
                suites,
                preferServerCiphers,
                groups,
                spec.sessions(),
                spec.secretUses(),
                mode,
                spec.signatureSchemes(),
                spec.dhParameters(),
                spec.keyManager(),
                spec.trustManager());
    }

    private static final class Intruder extends Provider {
        static final String NAME = "Intruder";
        private static final long serialVersionUID = 1L;

        Intruder() {
            super(NAME, "1", "registered by a provider that should not");
        }
    }
}
