package io.omnitls.internal.javax;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/** A host's name as {@code javax.net.ssl} writes it (RFC 6066 section 3). */
public final class ServerNames {
    private ServerNames() {}

    /** An {@link SNIHostName}, unless {@code name} has characters that one refuses and the DNS does not: underscores. */
    public static SNIServerName of(String name) {
        try {
            return new SNIHostName(name);
        } catch (IllegalArgumentException unusual) {
            return new SNIServerName(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII)) {};
        }
    }

    /**
     * The hosts' names that these are.
     *
     * @throws UnsupportedOperationException when one is no host's name
     */
    public static List<String> texts(List<SNIServerName> names) {
        List<String> texts = new ArrayList<>();
        for (SNIServerName name : names) {
            if (name.getType() != StandardConstants.SNI_HOST_NAME) {
                throw new UnsupportedOperationException(
                        "a server name of type " + name.getType() + " cannot be sent, only a host_name");
            }
            texts.add(
                    name instanceof SNIHostName host
                            ? host.getAsciiName()
                            : new String(name.getEncoded(), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
