package io.omnitls.bcfips;

import io.omnitls.spi.Availability;
import io.omnitls.spi.TlsProvider;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.ServiceLoader;

/** The main class of the processes that {@link BcFipsStartTest} starts: finds the provider and says how it is. */
final class AvailabilityProbe {
    private AvailabilityProbe() {}

    public static void main(String[] arguments) {
        Provider[] before = Security.getProviders();
        for (TlsProvider provider : ServiceLoader.load(TlsProvider.class)) {
            if (provider.name().equals("bcfips")) {
                System.out.println(describe(provider));
            }
        }
        System.out.println("process-wide providers untouched: " + Arrays.equals(before, Security.getProviders()));
    }

    private static String describe(TlsProvider provider) {
        if (provider.availability() instanceof Availability.Unavailable unavailable) {
            return "unavailable: " + unavailable.reason();
        }
        return "available: " + provider.info() + " " + provider.capabilities();
    }
}
