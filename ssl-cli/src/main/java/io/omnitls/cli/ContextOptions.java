package io.omnitls.cli;

import io.omnitls.ContextBuilder;
import io.omnitls.cert.Credentials;
import io.omnitls.cert.PasswordSource;
import io.omnitls.error.ErrorReason;
import io.omnitls.error.TlsException;
import io.omnitls.protocol.NamedGroup;
import io.omnitls.protocol.TlsVersion;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that describe a context, for clients and servers alike. */
final class ContextOptions {
    @Mixin
    private final ProviderOption provider = new ProviderOption();

    @Option(names = "--min", paramLabel = "VERSION", description = "The oldest TLS version, for instance TLSv1.2.")
    private @Nullable String minimum;

    @Option(names = "--max", paramLabel = "VERSION", description = "The newest TLS version.")
    private @Nullable String maximum;

    @Option(names = "--ciphers", paramLabel = "LIST", description = "Cipher suites in OpenSSL's language.")
    private @Nullable String ciphers;

    @Option(names = "--ciphersuites", paramLabel = "LIST", description = "TLS 1.3 suites with colons, best first.")
    private @Nullable String ciphersuites;

    @Option(names = "--groups", paramLabel = "LIST", split = ",", description = "Named groups, best first.")
    private List<String> groups = List.of();

    @Option(names = "--alpn", paramLabel = "LIST", split = ",", description = "Application protocols, best first.")
    private List<String> alpn = List.of();

    @Option(names = "--cert", paramLabel = "F", description = "The certificate chain (PEM).")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "F", description = "The private key (PEM), if it is not in --cert's file.")
    private @Nullable Path key;

    @Option(
            names = "--keylogfile",
            paramLabel = "F",
            description = "Append the secrets to this file, for Wireshark; else to that of SSLKEYLOGFILE.")
    private @Nullable Path keyLogFile;

    @Option(names = "--pass-env", paramLabel = "VAR", description = "The variable with the private key's password.")
    private @Nullable String passwordVariable;

    @Option(names = "--pass-file", paramLabel = "F", description = "The file with the private key's password.")
    private @Nullable Path passwordFile;

    /** Puts the options into {@code builder}. */
    void apply(ContextBuilder<?> builder) throws IOException {
        provider.named().ifPresent(found -> builder.provider(found.name()));
        if (minimum != null) {
            builder.minimumVersion(TlsVersion.of(minimum));
        }
        if (maximum != null) {
            builder.maximumVersion(TlsVersion.of(maximum));
        }
        if (ciphers != null) {
            builder.ciphers(ciphers);
        }
        if (ciphersuites != null) {
            builder.ciphersuites(ciphersuites);
        }
        if (keyLogFile != null) {
            builder.keyLogFile(keyLogFile);
        } else {
            builder.keyLogFromEnvironment();
        }
        builder.groups(groups.stream().map(ContextOptions::group).toArray(NamedGroup[]::new));
        builder.alpnProtocols(alpn.toArray(new String[0]));
        if (certificate != null) {
            builder.certificateChain(Credentials.pem(certificate, key == null ? certificate : key, password()));
        } else if (key != null) {
            throw new IllegalArgumentException("--key needs the certificate too: --cert");
        }
    }

    boolean hasCertificate() {
        return certificate != null;
    }

    private static NamedGroup group(String name) {
        return NamedGroup.of(name)
                .orElseThrow(() -> new IllegalArgumentException("no group is named '" + name + "', see tls doctor"));
    }

    /** What a context is made of beside the files that it names itself. */
    Path[] otherFiles() {
        return passwordFile == null ? new Path[0] : new Path[] {passwordFile};
    }

    private PasswordSource password() {
        AtomicBoolean asked = new AtomicBoolean();
        return () -> {
            if (passwordVariable != null) {
                String value = System.getenv(passwordVariable);
                if (value == null) {
                    throw noPassword("the variable " + passwordVariable + " is not set");
                }
                return value.toCharArray();
            }
            if (passwordFile != null) {
                return PasswordFile.read(passwordFile);
            }
            if (asked.getAndSet(true)) { // files that are read again wait for nobody
                throw noPassword("its password was typed once; use --pass-env or --pass-file");
            }
            return fromConsole();
        };
    }

    @SuppressWarnings("SystemConsoleNull") // since JDK 22 it is not null without a terminal, but reads nothing
    private static char[] fromConsole() throws TlsException {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password of the private key: ");
        if (typed == null) {
            throw noPassword("there is no terminal to ask at; use --pass-env or --pass-file");
        }
        return typed;
    }

    static TlsException noPassword(String why) {
        return new TlsException(ErrorReason.BAD_PASSWORD_READ, "the private key is encrypted and " + why);
    }
}
