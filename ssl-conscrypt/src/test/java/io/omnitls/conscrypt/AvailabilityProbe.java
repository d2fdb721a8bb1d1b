package io.omnitls.conscrypt;

import io.omnitls.spi.Availability;
import io.omnitls.spi.TlsProvider;
import java.util.ServiceLoader;

/** The main class of the processes that {@link ConscryptStartTest} starts: finds the provider and says how it is. */
final class AvailabilityProbe {
    private AvailabilityProbe() {}

    public static void main(String[] arguments) {
        for (TlsProvider provider : ServiceLoader.load(TlsProvider.class)) {
            System.out.println(
                    provider.availability() instanceof Availability.Unavailable unavailable
                            ? "unavailable: " + unavailable.reason()
                            : "available: " + provider.info() + " " + provider.capabilities());
        }
    }
}
