package io.omnitls.testkit.pki;

import java.io.ByteArrayOutputStream;

/** Writes the DER that test certificates, lists and key stores are made of. */
final class DerElement {
    private DerElement() {}

    /** An element whose content is all of {@code parts}, up to 65,535 bytes. */
    static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.size() < 0x80) {
            element.write(content.size());
        } else {
            element.write(0x82);
            element.write(content.size() >>> 8);
            element.write(content.size());
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
