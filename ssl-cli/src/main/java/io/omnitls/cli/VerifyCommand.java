package io.omnitls.cli;

import io.omnitls.CertificateVerifier;
import io.omnitls.cert.PeerName;
import io.omnitls.cert.Pem;
import io.omnitls.cert.Purpose;
import io.omnitls.cert.TrustStore;
import io.omnitls.cert.VerifyFlag;
import io.omnitls.cert.VerifyProfile;
import io.omnitls.cert.VerifyResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tls verify}: what {@code openssl verify} is for. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Judge certificates as a TLS connection would, with the codes of openssl verify.",
            "Exits with 0 when all of them are good and with 1 when one is not."
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = {
                "PEM or DER, - for standard input; further certificates in a file help to find the issuers of its first one."
            })
    private List<String> files = List.of();

    @Mixin
    private final ProviderOption provider = new ProviderOption();

    @Option(
            names = "--cafile",
            paramLabel = "F",
            description = "Trust the certificates in this file; CRLs may be there.")
    private List<Path> cafiles = List.of();

    @Option(names = "--capath", paramLabel = "D", description = "Trust this directory, named by openssl rehash.")
    private List<Path> capaths = List.of();

    @Option(names = "--crlfile", paramLabel = "F", description = "Revocation lists.")
    private List<Path> crlfiles = List.of();

    @Option(names = "--untrusted", paramLabel = "F", description = "More certificates that help to find issuers.")
    private List<Path> untrusted = List.of();

    @Option(
            names = "--purpose",
            paramLabel = "P",
            defaultValue = "ANY",
            description = "What they are for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Purpose purpose = Purpose.ANY;

    @Option(
            names = "--hostname",
            paramLabel = "N",
            description = "The host name or address that they have to speak for.")
    private @Nullable String hostname;

    @Option(names = "--common-name", description = "Let a common name count as a host name where there is no other.")
    private boolean commonName;

    @Option(names = "--ip", paramLabel = "A", description = "The IP address that they have to speak for.")
    private @Nullable String ip;

    @Option(names = "--email", paramLabel = "M", description = "The mailbox that they have to speak for.")
    private @Nullable String email;

    @Option(names = "--crl-check", description = "Want a revocation list for each, and not to be on it.")
    private boolean crlCheck;

    @Option(names = "--crl-check-all", description = "The same for all their issuers.")
    private boolean crlCheckAll;

    @Option(names = "--x509-strict", description = "Want RFC 5280 kept to the letter.")
    private boolean strict;

    @Option(names = "--partial-chain", description = "End at any trusted certificate, not at a root alone.")
    private boolean partialChain;

    @Option(names = "--allow-proxy-certs", description = "Accept proxy certificates (RFC 3820).")
    private boolean allowProxies;

    @Option(names = "--auth-level", paramLabel = "0-5", defaultValue = "2", description = "The least security of keys.")
    private int level;

    @Option(
            names = "--verify-depth",
            paramLabel = "N",
            description = "The most issuers between (default: 100, 10 with --profile webpki).")
    private @Nullable Integer depth;

    @Option(
            names = "--profile",
            paramLabel = "P",
            defaultValue = "openssl",
            converter = ProfileName.class,
            description = "By whose rules: openssl or webpki (default: ${DEFAULT-VALUE}).")
    private VerifyProfile profile = VerifyProfile.OPENSSL;

    @Option(names = "--backtracking", description = "Try other paths where the first fails; webpki does it always.")
    private boolean backtracking;

    @Option(names = "--attime", paramLabel = "SECONDS", description = "Judge as of this moment, counted from 1970.")
    private @Nullable Long time;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--show-chain", description = "Show the path to the trust anchor.")
    private boolean showChain;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** What came of a file: a verdict, or why there is none. */
    private record Judged(String file, Optional<VerifyResult> verdict, String trouble) {
        boolean ok() {
            return verdict.isPresent() && verdict.get().ok();
        }
    }

    @Override
    public Integer call() throws IOException {
        List<PeerName> names = names();
        List<InputFile> inputs = files.stream().map(InputFile::of).toList();
        CertificateVerifier verifier = verifier();
        List<X509Certificate> helpers = new ArrayList<>();
        for (Path file : untrusted) {
            helpers.addAll(Pem.certificates(file, verifier.provider().crypto()));
        }
        List<Judged> judged = inputs.stream()
                .map(file -> judge(verifier, file, helpers, names))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.write(Map.of(
                    "verdicts", judged.stream().map(VerifyCommand::describe).toList())));
        } else {
            judged.forEach(each -> report(each, out));
        }
        out.flush();
        return judged.stream().allMatch(Judged::ok) ? 0 : 1;
    }

    private static Judged judge(
            CertificateVerifier verifier, InputFile file, List<X509Certificate> helpers, List<PeerName> names) {
        try {
            List<X509Certificate> chain = new ArrayList<>(
                    Pem.certificates(file.path(), verifier.provider().crypto()));
            chain.addAll(helpers);
            return new Judged(file.name(), Optional.of(judge(verifier, chain, names)), "");
        } catch (IOException e) {
            return new Judged(file.name(), Optional.empty(), Failures.describe(e));
        }
    }

    private CertificateVerifier verifier() throws IOException {
        CertificateVerifier.Builder builder = CertificateVerifier.builder()
                .purpose(purpose)
                .verifyFlags(flags().toArray(new VerifyFlag[0]))
                .securityLevel(level)
                .verifyProfile(profile)
                .backtracking(backtracking)
                .hostnameChecksCommonName(commonName);
        if (depth != null) {
            builder.maxChainDepth(depth);
        }
        provider.named().ifPresent(found -> builder.provider(found.name()));
        if (time != null) {
            builder.clock(Clock.fixed(moment(time), ZoneOffset.UTC));
        }
        return builder.verifyLocations(trust()).build();
    }

    private static Instant moment(long seconds) {
        try {
            return Instant.ofEpochSecond(seconds);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("--attime: there is no moment " + seconds, e);
        }
    }

    private TrustStore trust() {
        TrustStore.Builder trust = TrustStore.builder();
        cafiles.forEach(trust::file);
        capaths.forEach(trust::directory);
        crlfiles.forEach(trust::file);
        return cafiles.isEmpty() && capaths.isEmpty() ? trust.systemDefault().build() : trust.build();
    }

    private Set<VerifyFlag> flags() {
        Set<VerifyFlag> flags = EnumSet.noneOf(VerifyFlag.class);
        set(flags, crlCheck, VerifyFlag.CRL_CHECK_LEAF);
        set(flags, crlCheckAll, VerifyFlag.CRL_CHECK_CHAIN);
        set(flags, strict, VerifyFlag.X509_STRICT);
        set(flags, partialChain, VerifyFlag.X509_PARTIAL_CHAIN);
        set(flags, allowProxies, VerifyFlag.ALLOW_PROXY_CERTS);
        return flags;
    }

    /** Profiles are written in small letters, as options are. */
    static final class ProfileName implements ITypeConverter<VerifyProfile> {
        @Override
        public VerifyProfile convert(String name) {
            for (VerifyProfile profile : VerifyProfile.values()) {
                if (profile.name().equalsIgnoreCase(name)) {
                    return profile;
                }
            }
            throw new TypeConversionException("no profile is named '" + name + "'; there are openssl and webpki");
        }
    }

    private static void set(Set<VerifyFlag> flags, boolean on, VerifyFlag flag) {
        if (on) {
            flags.add(flag);
        }
    }

    private List<PeerName> names() {
        List<PeerName> names = new ArrayList<>();
        if (hostname != null) {
            names.add(PeerName.of(hostname));
        }
        if (ip != null) {
            PeerName address = PeerName.of(ip);
            if (address.dnsName().isPresent()) {
                throw new IllegalArgumentException("--ip: '" + ip + "' is not an IP address");
            }
            names.add(address);
        }
        if (email != null) {
            names.add(PeerName.email(email));
        }
        return names;
    }

    /** The first verdict that is not good: each name has to be right. */
    private static VerifyResult judge(CertificateVerifier verifier, List<X509Certificate> chain, List<PeerName> names) {
        VerifyResult verdict = verifier.verify(chain);
        for (PeerName name : names) {
            verdict = verdict.ok() ? verifier.verify(chain, name) : verdict;
        }
        return verdict;
    }

    private void report(Judged judged, PrintWriter out) {
        if (judged.verdict().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("tls: " + judged.trouble());
            err.flush();
            return;
        }
        VerifyResult result = judged.verdict().get();
        out.println(Printable.of(judged.file()) + ": " + new Verdict(result).likeOpenSsl());
        if (!result.ok()) {
            out.println("    " + Printable.of(result.explanation()));
        }
        if (showChain) {
            List<String> path = subjects(result);
            for (int i = 0; i < path.size(); i++) {
                out.println("  depth " + i + ": " + Printable.of(path.get(i)));
            }
        }
        out.flush();
    }

    private static Map<String, Object> describe(Judged judged) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", judged.file());
        judged.verdict()
                .ifPresentOrElse(
                        verdict -> {
                            facts.putAll(new Verdict(verdict).json());
                            facts.put("chain", subjects(verdict));
                        },
                        () -> {
                            facts.put("ok", false);
                            facts.put("error", judged.trouble());
                        });
        return facts;
    }

    private static List<String> subjects(VerifyResult result) {
        return result.chain().stream()
                .map(certificate -> certificate.getSubjectX500Principal().toString())
                .toList();
    }
}
