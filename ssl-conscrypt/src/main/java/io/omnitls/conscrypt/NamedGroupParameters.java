package io.omnitls.conscrypt;

import java.util.List;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Parameters with named groups. {@link SSLParameters} has them since JDK 20; Conscrypt looks for this method by its
 * name, and so finds it on JDK 17 too; where it finds none it pays for an exception. Public for that alone.
 */
public final class NamedGroupParameters extends SSLParameters {
    private final List<String> groups;

    NamedGroupParameters(List<String> groups) {
        this.groups = List.copyOf(groups);
    }

    /** The groups in order of preference; null for Conscrypt's own. */
    @SuppressWarnings("MissingOverride") // it is one only since JDK 20
    public String @Nullable [] getNamedGroups() {
        return groups.isEmpty() ? null : groups.toArray(new String[0]);
    }
}
