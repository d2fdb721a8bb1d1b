package io.omnitls.benchmarks.scenes;

import com.sun.management.OperatingSystemMXBean;
import io.omnitls.benchmarks.measure.JavaCommand;
import io.omnitls.benchmarks.peers.Backend;
import io.omnitls.benchmarks.peers.BareContexts;
import io.omnitls.benchmarks.peers.EnginePair;
import io.omnitls.benchmarks.peers.Identity;
import io.omnitls.benchmarks.peers.OurBioPair;
import io.omnitls.benchmarks.peers.OurContexts;
import io.omnitls.benchmarks.peers.Scratch;
import io.omnitls.benchmarks.peers.Suite;
import io.omnitls.cert.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that makes one handshake and says what it cost. */
public final class FirstHandshake {
    private static final long MOST_SECONDS = 60;

    private FirstHandshake() {}

    /** {@code provider, bare|ours, directory}: prints nanoseconds of processor time. */
    public static void main(String[] arguments) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Backend backend = Backend.of(arguments[0]);
        Identity identity = Material.read(Path.of(arguments[2]));
        long began = system.getProcessCpuTime();
        if (arguments[1].equals("ours")) {
            OurBioPair.full(OurContexts.of(backend, Suite.TLS13, identity));
        } else {
            EnginePair.full(new BareContexts(backend, Suite.TLS13, identity), new Scratch(backend.prefersDirect()));
        }
        System.out.println(system.getProcessCpuTime() - began);
    }

    static double inNewProcess(Backend backend, boolean ours, Material material)
            throws IOException, InterruptedException {
        List<String> command = JavaCommand.of(
                List.of("-Xmx256m"),
                FirstHandshake.class,
                List.of(backend.id(), ours ? "ours" : "bare", material.directory.toString()));
        Path output = material.directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new IOException("a new JVM made no handshake: " + Files.readString(output));
            }
            List<String> lines = Files.readAllLines(output);
            return Double.parseDouble(lines.get(lines.size() - 1));
        } finally {
            process.destroyForcibly();
        }
    }

    /** An identity in files: the new process reads it without a library. */
    record Material(Path directory) implements AutoCloseable {

        static Material write() throws IOException {
            Identity identity = Identity.ofChain(2);
            Path directory = Files.createTempDirectory("first-handshake");
            Files.write(directory.resolve("key"), identity.key().getEncoded());
            StringBuilder chain = new StringBuilder();
            List<X509Certificate> certificates = new ArrayList<>(identity.chain());
            certificates.add(identity.root());
            for (X509Certificate certificate : certificates) {
                chain.append(Pem.encodeCertificate(certificate));
            }
            Files.writeString(directory.resolve("chain"), chain);
            return new Material(directory);
        }

        static Identity read(Path directory) throws Exception {
            byte[] chain = Files.readString(directory.resolve("chain")).getBytes(StandardCharsets.US_ASCII);
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(chain))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            int last = certificates.size() - 1;
            return new Identity(
                    KeyFactory.getInstance("EC")
                            .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(directory.resolve("key")))),
                    certificates.subList(0, last),
                    certificates.get(last));
        }

        @Override
        public void close() throws IOException {
            for (String name : List.of("key", "chain", "output")) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.delete(directory);
        }
    }
}
