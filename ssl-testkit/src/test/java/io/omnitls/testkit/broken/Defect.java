package io.omnitls.testkit.broken;

import io.omnitls.ClientContext;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.error.VerifyCode;
import io.omnitls.protocol.CipherSuite;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.Role;
import io.omnitls.protocol.TlsVersion;
import io.omnitls.protocol.VerifyMode;
import io.omnitls.spi.AlertChoice;
import io.omnitls.spi.Capabilities;
import io.omnitls.spi.ContextSpec;
import io.omnitls.spi.CryptoServices;
import io.omnitls.spi.EngineFailure;
import io.omnitls.spi.EngineSpec;
import io.omnitls.spi.Feature;
import io.omnitls.spi.KeyingMaterialSpec;
import io.omnitls.spi.ProviderInfo;
import io.omnitls.spi.ResumableSession;
import io.omnitls.spi.SecretListener;
import io.omnitls.spi.TlsEngine;
import io.omnitls.spi.VerifyFailure;
import io.omnitls.testkit.OptionContract;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

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
            return good.toBuilder().groups(fewer).build();
        }
    },

    IGNORES_THE_GROUPS("secp256r1", "rule1_3_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return spec.toBuilder().groups(List.of()).build();
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

    IGNORES_THE_VERSION_BOUNDS("TLSv1.2", "rule2_4_", "rule13_2_", "rule11_21_") {
        @Override
        ContextSpec context(ContextSpec spec) throws TlsException {
            List<TlsVersion> all = List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
            return spec.toBuilder().versions(all).cipherSuites(allSuites()).build();
        }
    },

    NEVER_ASKS_FOR_A_CERTIFICATE("OPTIONAL", "rule2_5_", "rule14_20_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return spec.toBuilder().verifyMode(VerifyMode.NONE).build();
        }
    },

    HAS_NO_NAME("expected: <true> but was: <false>", "rule1_1_") {
        @Override
        ProviderInfo info(ProviderInfo good) {
            return ProviderInfo.of("", "");
        }
    },

    INSISTS_ON_A_CERTIFICATE("PEER_DID_NOT_RETURN_A_CERTIFICATE", "rule2_6_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            VerifyMode mode = spec.verifyMode() == VerifyMode.OPTIONAL ? VerifyMode.REQUIRED : spec.verifyMode();
            return spec.toBuilder().verifyMode(mode).build();
        }
    },

    DOES_WITHOUT_A_CERTIFICATE("PEER_DID_NOT_RETURN_A_CERTIFICATE", "rule5_3_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            VerifyMode mode = spec.role() == Role.SERVER && spec.verifyMode() == VerifyMode.REQUIRED
                    ? VerifyMode.OPTIONAL
                    : spec.verifyMode();
            return spec.toBuilder().verifyMode(mode).build();
        }
    },

    IGNORES_THE_CIPHERSUITES("expected", "rule2_25_") {
        @Override
        ContextSpec context(ContextSpec spec) throws TlsException {
            return spec.toBuilder().cipherSuites(allSuites()).build();
        }
    },

    FINDS_A_COMMON_CIPHERSUITE("expected: <false> but was: <true>", "rule2_26_") {
        @Override
        ContextSpec context(ContextSpec spec) throws TlsException {
            return spec.toBuilder().cipherSuites(allSuites()).build();
        }
    },

    EXPORTS_SOMETHING_ELSE("is not in", "rule10_3_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public byte[] exportKeyingMaterial(KeyingMaterialSpec wanted) throws SSLException {
                    byte[] exported = super.exportKeyingMaterial(wanted);
                    exported[0] ^= 1;
                    return exported;
                }
            };
        }
    },

    IGNORES_THE_CIPHER_LIST("ECDHE-ECDSA", "rule2_7_") {
        @Override
        ContextSpec context(ContextSpec spec) throws TlsException {
            return spec.toBuilder().cipherSuites(allSuites()).build();
        }
    },

    LEAVES_THE_CHOICE_TO_THE_CLIENT("AES256", "rule2_10_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return spec.toBuilder().preferServerCiphers(false).build();
        }
    },

    SENDS_NO_SERVER_NAME(".example", "rule2_11_", "rule1_26_") {
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
            return spec.toBuilder().signatureSchemes(List.of()).build();
        }
    },

    IGNORES_THE_DH_PARAMETERS("the prime is not", "rule2_27_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return spec.toBuilder().clearDhParameters().build();
        }
    },

    RESUMES_NOTHING("the client resumed it", "rule9_1_") {
        @Override
        EngineSpec engineSpec(EngineSpec spec) {
            return spec instanceof EngineSpec.Client client ? withSession(client, Optional.empty()) : spec;
        }
    },

    RESUMES_WITHOUT_BEING_ASKED("expected: <false> but was: <true>", "rule2_9_") {
        @Override
        EngineSpec engineSpec(EngineSpec spec) {
            return spec instanceof EngineSpec.Client client ? withSession(client, LAST_SESSION.get()) : spec;
        }

        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public Optional<ResumableSession> session() {
                    Optional<ResumableSession> session = super.session();
                    session.ifPresent(kept -> LAST_SESSION.set(session));
                    return session;
                }
            };
        }
    },

    SENDS_NO_CHANGE_CIPHER_SPEC("dummy change_cipher_spec", "rule13_4_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new RecordChanger(good) {
                @Override
                byte[] changed(byte[] sent) {
                    return sent[0] == OptionContract.CHANGE_CIPHER_SPEC ? new byte[0] : sent;
                }
            };
        }
    },

    OFFERS_COMPRESSION("the only method of compression", "rule13_5_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new RecordChanger(good) {
                @Override
                byte[] changed(byte[] sent) {
                    if (sent[0] == HANDSHAKE && sent[OptionContract.HEADER] == CLIENT_HELLO) {
                        ByteBuffer hello = ByteBuffer.wrap(sent);
                        int suites = OptionContract.SESSION_ID + 1 + sent[OptionContract.SESSION_ID];
                        int methods = suites + 2 + hello.getShort(suites);
                        hello.put(methods + 1, DEFLATE);
                    }
                    return sent;
                }
            };
        }
    },

    WIPES_WHAT_IS_IN_USE("array contents differ", "rule10_5_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EarlyWiper(good);
        }
    },

    DENIES_ITS_EXPORTER("supported", "rule10_1_") {
        @Override
        Capabilities capabilities(Capabilities good) {
            EnumSet<Feature> features = EnumSet.copyOf(good.features());
            features.remove(Feature.KEYING_MATERIAL_EXPORT);
            return good.toBuilder().features(features).build();
        }
    },

    /** It takes whoever listened last for the one whose handshake this is. */
    HEARS_THE_NEIGHBOURS("both ends have the same secrets", "rule10_21_") {
        @Override
        EngineSpec engineSpec(EngineSpec spec) {
            Optional<SecretListener> last = LISTENED_LAST.getAndSet(spec.secrets());
            Optional<SecretListener> both = spec.secrets().map(own -> (label, secret) -> {
                own.secret(label, secret);
                last.ifPresent(other -> other.secret(label, secret));
            });
            return spec instanceof EngineSpec.Server server
                    ? new EngineSpec.Server(server.clientHello(), server.version(), server.applicationProtocol(), both)
                    : spec instanceof EngineSpec.Client client
                            ? new EngineSpec.Client(
                                    client.serverName(), client.applicationProtocols(), client.session(), both)
                            : spec;
        }
    },

    FORGETS_THE_OLDEST_SESSIONS("pushed out", "rule9_20_") {
        @Override
        EngineSpec engineSpec(EngineSpec spec) {
            boolean late = ENGINES.incrementAndGet() > 200;
            return late && spec instanceof EngineSpec.Client client ? withSession(client, Optional.empty()) : spec;
        }
    },

    CLAIMS_TO_TAKE_ANY_SERVER_NAME("a_b.example", "rule2_42_") {
        @Override
        Capabilities capabilities(Capabilities good) {
            EnumSet<Feature> features = EnumSet.copyOf(good.features());
            features.add(Feature.ANY_SERVER_NAME);
            return good.toBuilder().features(features).build();
        }
    },

    TALKS_TO_ITSELF("what went wrong", "rule2_40_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public EngineFailure explain(Throwable failure) {
                    Logger.getLogger("broken").warning("what went wrong");
                    return super.explain(failure);
                }
            };
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

    CHANGES_THE_LAST_BYTE(
            "array contents differ",
            "rule3_1_",
            "rule3_2_",
            "rule3_3_",
            "rule3_4_",
            "rule14_1_",
            "rule14_2_",
            "rule14_4_",
            "rule14_8_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public boolean scatters() {
                    return false;
                }

                @Override
                public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets) throws SSLException {
                    SSLEngineResult result = super.unwrap(source, targets);
                    if (result.bytesProduced() > 0) {
                        ByteBuffer target = targets[0];
                        int last = target.position() - 1;
                        target.put(last, (byte) (target.get(last) ^ 1));
                    }
                    return result;
                }
            };
        }
    },

    LOSES_THE_LAST_BYTE("length", "rule14_3_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public boolean scatters() {
                    return false;
                }

                @Override
                public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets) throws SSLException {
                    SSLEngineResult result = super.unwrap(source, targets);
                    if (result.bytesProduced() > 1) {
                        ByteBuffer target = targets[0];
                        target.position(target.position() - 1);
                    }
                    return result;
                }
            };
        }
    },

    SWALLOWS_WHAT_TASKS_THROW("on purpose", "rule3_13_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public void runDelegatedTasks() {
                    try {
                        super.runDelegatedTasks();
                    } catch (Throwable nobodyHears) {
                        // As it is not done.
                    }
                }
            };
        }
    },

    IS_DEAF_TO_CLOSE_NOTIFY("WANT_READ", "rule4_1_", "rule4_23_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new EngineDelegate(good) {
                @Override
                public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets) throws SSLException {
                    SSLEngineResult result = super.unwrap(source, targets);
                    return result.getStatus() == Status.CLOSED
                            ? new SSLEngineResult(Status.OK, result.getHandshakeStatus(), result.bytesConsumed(), 0)
                            : result;
                }
            };
        }
    },

    DIES_OF_A_SERVERS_KEY_UPDATE("on purpose", "rule7_9_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new SensitiveEngine(good);
        }
    },

    DIES_OF_A_CLIENTS_KEY_UPDATE("did not print answer 2", "rule7_8_") {
        @Override
        TlsEngine engine(TlsEngine good) {
            return new SensitiveEngine(good);
        }
    },

    NAMES_NO_AUTHORITIES("CA names", "rule2_19_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return judgedBy(spec, new Judge(spec.trustManager()) {
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
            return judgedBy(spec, new Judge(spec.trustManager()) {
                @Override
                void refuse(VerifyFailure failure) {}
            });
        }
    },

    MISJUDGES("UNSPECIFIED", "rule5_1_") {
        @Override
        ContextSpec context(ContextSpec spec) {
            return judgedBy(spec, new Judge(spec.trustManager()) {
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
            return judgedBy(spec, new Judge(spec.trustManager()) {
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

    EXPLAINS_NOTHING("INTERNAL_ERROR", "rule2_43_", "rule6_1_", "rule6_6_") {
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

    private static final AtomicReference<Optional<SecretListener>> LISTENED_LAST =
            new AtomicReference<>(Optional.empty());

    private static final AtomicReference<Optional<ResumableSession>> LAST_SESSION =
            new AtomicReference<>(Optional.empty());

    private static final AtomicInteger ENGINES = new AtomicInteger();

    private static final List<FileInputStream> LEAKED = new ArrayList<>();

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final byte DEFLATE = 1; // RFC 3749

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

    ProviderInfo info(ProviderInfo good) {
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
        LISTENED_LAST.set(Optional.empty());
        LAST_SESSION.set(Optional.empty());
        ENGINES.set(0);
    }

    private static EngineSpec withSession(EngineSpec.Client client, Optional<ResumableSession> session) {
        return new EngineSpec.Client(client.serverName(), client.applicationProtocols(), session, client.secrets());
    }

    private static ContextSpec judgedBy(ContextSpec spec, Judge judge) {
        return spec.toBuilder().trustManager(judge).build();
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

    private static final class Intruder extends Provider {
        static final String NAME = "Intruder";

        private static final long serialVersionUID = 1L;

        Intruder() {
            super(NAME, "1", "registered by a provider that should not");
        }
    }
}
