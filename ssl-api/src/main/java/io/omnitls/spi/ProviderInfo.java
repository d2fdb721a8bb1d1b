package io.omnitls.spi;

import java.util.List;

/**
 * The library behind a provider: OPENSSL_VERSION and its numbers in Python.
 *
 * @param library the library's own name, for instance {@code SunJSSE}
 * @param version the version as the library writes it
 * @param versionNumbers the numbers in {@link #version}, most significant first; empty when it has none
 */
public record ProviderInfo(String library, String version, List<Integer> versionNumbers) {
    public ProviderInfo {
        versionNumbers = List.copyOf(versionNumbers);
    }

    /** Reads the numbers out of {@code version}: {@code 17.0.15+6} gives 17, 0, 15, 6. */
    public static ProviderInfo of(String library, String version) {
        List<Integer> numbers = new java.util.ArrayList<>();
        for (String digits : version.split("\\D+", -1)) {
            if (!digits.isEmpty() && digits.length() < 10) {
                numbers.add(Integer.parseInt(digits));
            }
        }
        return new ProviderInfo(library, version, numbers);
    }
}
