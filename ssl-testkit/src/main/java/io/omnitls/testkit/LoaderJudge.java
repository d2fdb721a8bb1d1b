package io.omnitls.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.error.TlsException;
import io.omnitls.spi.CryptoServices;
import io.omnitls.testkit.LoaderSamples.Sample;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges what loading a file of a stranger does. */
final class LoaderJudge {
    private static final Pattern BASE64 = Pattern.compile("(?=([A-Za-z0-9+/]{16}))");

    /** Of a processor, not of a clock: other tests run on the same machine. */
    private static final long MAX_NANOS = 2_000_000_000L;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final CryptoServices crypto;
    private int loaded;
    private int refused;

    LoaderJudge(CryptoServices crypto) {
        this.crypto = crypto;
    }

    int loaded() {
        return loaded;
    }

    int refused() {
        return refused;
    }

    void judge(Sample sample, Path file, String which) throws Exception {
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            sample.loader().load(file, crypto);
            loaded++;
        } catch (TlsException declared) {
            refused++;
            assertSilent(declared, Files.readAllBytes(file), sample + ", " + which);
        } catch (Exception | Error undeclared) {
            byte[] content = Files.readAllBytes(file);
            throw new AssertionError(
                    sample + ", " + which + ": " + Base64.getEncoder().encodeToString(content), undeclared);
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        assertTrue(nanos < MAX_NANOS, () -> sample + ", " + which + " took " + nanos / 1_000_000 + " ms");
    }

    /** No piece of the file, and nothing that a terminal would obey, is in what is said of it. */
    static void assertSilent(Throwable failure, byte[] content, String which) {
        String text = new String(content, ISO_8859_1).replaceAll("\\s", "");
        String encoded = Base64.getEncoder().encodeToString(content);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.toString();
            Matcher pieces = BASE64.matcher(message);
            while (pieces.find()) {
                String piece = pieces.group(1);
                assertTrue(!text.contains(piece) && !encoded.contains(piece), () -> which + " is quoted: " + message);
            }
            assertTrue(
                    message.chars().noneMatch(Character::isISOControl),
                    () -> which + ": control characters: " + message);
            assertTrue(message.length() < 1000, () -> which + ": a message, not a dump: " + message);
        }
    }

    @Override
    public String toString() {
        return loaded + " loaded, " + refused + " refused";
    }
}
