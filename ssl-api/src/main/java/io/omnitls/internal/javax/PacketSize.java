package io.omnitls.internal.javax;

import io.omnitls.internal.android.NotOnAndroid;
import javax.net.ssl.SSLParameters;

/**
 * The size of packets, which {@link SSLParameters} has since Java 9 and Android's lacks: there the first question is answered
 * with an error, and no other is asked.
 */
@NotOnAndroid
public final class PacketSize {
    private static final boolean KNOWN = known();

    private PacketSize() {}

    private static boolean known() {
        try {
            return new SSLParameters().getMaximumPacketSize() >= 0;
        } catch (NoSuchMethodError android) {
            return false;
        }
    }

    /** Sets it, where there is such a setting. */
    public static void set(SSLParameters parameters, int size) {
        if (KNOWN) {
            parameters.setMaximumPacketSize(size);
        }
    }

    /** The setting; 0 where nothing is said. */
    public static int get(SSLParameters parameters) {
        return KNOWN ? parameters.getMaximumPacketSize() : 0;
    }
}
