package io.omnitls.internal.x509;

import java.security.GeneralSecurityException;

/**
 * A call of a backend's cryptography with input that nobody has vetted. Backends throw what they like for it: BC-FIPS has a
 * RuntimeException for a key that is too short, and an Error for what is not approved.
 */
public interface BackendCall<T> {
    T run() throws GeneralSecurityException;

    /** What {@code call} returns, every failure of it being declared. */
    static <T> T guarded(BackendCall<T> call) throws GeneralSecurityException {
        try {
            return call.run();
        } catch (VirtualMachineError | LinkageError ours) {
            throw ours;
        } catch (RuntimeException | Error refused) {
            throw new GeneralSecurityException(Excerpt.of(refused));
        }
    }
}
