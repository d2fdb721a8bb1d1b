package io.omnitls.bcfips;

import io.omnitls.spi.Availability;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** Starts the backend when it is first needed, once for the process, and turns what stands in the way into a reason. */
final class BcFipsStart {
    /** Only bcprov, the library that is not the FIPS module, has this class. */
    private static final String IN_BCPROV_ONLY = "org.bouncycastle.jce.provider.BouncyCastleProvider";

    private BcFipsStart() {}

    /** How the start went: exactly one of the two. */
    record Outcome(Availability availability, Optional<BcFipsBackend> backend) {}

    static Outcome outcome() {
        return Once.OUTCOME;
    }

    /** The backend, which must be available. */
    static BcFipsBackend backend() {
        return Once.OUTCOME.backend().orElseThrow(() -> new IllegalStateException("BC-FIPS is not available"));
    }

    private static Outcome start() {
        try {
            if (bcprovIsMixedIn()) {
                return unavailable(
                        "bcprov (" + IN_BCPROV_ONLY + ") is on the class path beside bc-fips, and each breaks"
                                + " the other; remove bcprov, bcpkix, bcutil and bctls without -fips in their names");
            }
            return new Outcome(new Availability.Available(), Optional.of(BcFipsBackend.load()));
        } catch (NoClassDefFoundError missing) {
            return unavailable("the class " + missing.getMessage()
                    + " is missing; bc-fips, bcutil-fips and bctls-fips must all be present, in versions that belong"
                    + " together");
        } catch (GeneralSecurityException | RuntimeException | LinkageError | AssertionError e) {
            // The module's self-tests report with FipsOperationError, which is an AssertionError.
            return unavailable("BC-FIPS did not start: " + rootCause(e)
                    + "; use unmodified bc-fips, bcutil-fips and bctls-fips jars");
        }
    }

    /**
     * In one class loader the two libraries share packages: the jars' signatures clash, or whichever comes first wins.
     * As a named module the FIPS module has its packages to itself.
     */
    private static boolean bcprovIsMixedIn() {
        if (moduleIsNamed()) {
            return false;
        }
        try {
            Class.forName(IN_BCPROV_ONLY, false, BcFipsStart.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        } catch (LinkageError | SecurityException clash) {
            return true;
        }
    }

    private static boolean moduleIsNamed() {
        return BcFipsStart.class.getModule().isNamed();
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        for (int i = 0; i < 20 && root.getCause() != null; i++) {
            root = root.getCause();
        }
        return root;
    }

    private static Outcome unavailable(String reason) {
        return new Outcome(new Availability.Unavailable(reason), Optional.empty());
    }

    private static final class Once {
        static final Outcome OUTCOME = start();
    }
}
