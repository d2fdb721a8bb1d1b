package io.omnitls.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omnitls.forge.oracle.OpenSsl;
import io.omnitls.protocol.NamedGroup;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveTest {
    @TempDir
    private static Path directory;

    /** Each in a key of its own, with the curve's name and with its parameters. */
    @Test
    void openSslsCurvesAreFoundByTheirNameAndByTheirParameters() throws Exception {
        List<String> wrong = new ArrayList<>();
        int described = 0;
        for (Curve curve : CurveTable.ALL) {
            DerReader named = parameters(curve, "named_curve");
            if (!named.oid().equals(curve.oid())) {
                wrong.add(curve.name());
            }
            DerReader explicit = parameters(curve, "explicit").enter(DerReader.SEQUENCE);
            Optional<Curve> found = Curve.described(explicit.copy());
            if (curve.domain().isPresent()) {
                described++;
                if (!found.equals(Optional.of(curve))) {
                    wrong.add(curve.name() + " is " + found);
                }
            }
            for (int i = 0; i < 4; i++) {
                explicit.skip(); // version, fieldID, curve, base
            }
            if (explicit.integer().bitLength() != curve.orderBits()) {
                wrong.add(curve.name() + " has not " + curve.orderBits() + " bits");
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(described > 30, () -> "a table without parameters");
    }

    private static DerReader parameters(Curve curve, String form) throws Exception {
        Path file = directory.resolve(form);
        String name = switch (curve.name()) {
            case "secp192r1" -> "prime192v1";
            case "secp256r1" -> "prime256v1";
            default -> curve.name();
        };
        OpenSsl.make("ecparam", "-name", name, "-param_enc", form, "-outform", "DER", "-out", file.toString());
        return DerReader.of(Files.readAllBytes(file));
    }

    @Test
    void everyGeneratorIsOnItsCurve() {
        for (Curve curve : CurveTable.ALL) {
            curve.domain().ifPresent(domain -> {
                BigInteger x = domain.generator().x();
                BigInteger y = domain.generator().y().orElseThrow();
                BigInteger right = x.pow(3).add(domain.a().multiply(x)).add(domain.b());
                assertEquals(right.mod(domain.prime()), y.pow(2).mod(domain.prime()), curve::name);
                assertEquals(curve.orderBits(), domain.order().bitLength(), curve::name);
            });
        }
    }

    @Test
    void theCurvesOfTheRegistryHaveItsNames() {
        for (String name :
                List.of("secp192r1", "secp256r1", "secp384r1", "secp521r1", "brainpoolP256r1", "secp256k1")) {
            assertTrue(CurveTable.ALL.stream().anyMatch(curve -> curve.name().equals(name)), name);
            assertTrue(NamedGroup.of(name).isPresent(), name);
        }
    }
}
