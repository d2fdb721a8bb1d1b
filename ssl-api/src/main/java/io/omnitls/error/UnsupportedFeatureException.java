package io.omnitls.error;

import io.omnitls.internal.given.Given;
import java.util.List;
import java.util.Objects;

/**
 * A context asks for something that its provider's backend cannot do: thrown when the context is built. Or something is asked
 * of the operating system that this one does not have.
 */
public final class UnsupportedFeatureException extends UnsupportedOperationException {
    private static final long serialVersionUID = 1L;

    private final String provider;
    private final String feature;

    /**
     * {@code provider} cannot do {@code feature}; {@code alternatives} names the providers of this process that can.
     */
    public UnsupportedFeatureException(String provider, String feature, List<String> alternatives) {
        this(provider, feature, alternatives, List.of());
    }

    /**
     * The same, with what would help where no provider of this process can.
     *
     * @param conditions which provider could, and when: "'x' does in a process that ..."
     */
    public UnsupportedFeatureException(
            String provider, String feature, List<String> alternatives, List<String> conditions) {
        this(
                "provider '" + provider + "' does not support " + feature
                        + remedy(Given.all(alternatives, "alternatives"), Given.all(conditions, "conditions")),
                provider,
                feature);
    }

    private static String remedy(List<String> alternatives, List<String> conditions) {
        if (!alternatives.isEmpty()) {
            return "; it is supported by: " + String.join(", ", alternatives);
        }
        return "; no provider found here does" + (conditions.isEmpty() ? "" : ", but " + String.join(", ", conditions));
    }

    private UnsupportedFeatureException(String message, String provider, String feature) {
        super(message);
        this.provider = Objects.requireNonNull(provider, "provider");
        this.feature = Objects.requireNonNull(feature, "feature");
    }

    /** The operating system {@code system} does not have {@code feature}. */
    public static UnsupportedFeatureException ofSystem(String system, String feature) {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(feature, "feature");
        return new UnsupportedFeatureException(
                "the operating system '" + system + "' does not have " + feature, system, feature);
    }

    /** The name of the provider, or of the operating system, that was asked. */
    public String provider() {
        return provider;
    }

    /** What it was asked for. */
    public String feature() {
        return feature;
    }
}
