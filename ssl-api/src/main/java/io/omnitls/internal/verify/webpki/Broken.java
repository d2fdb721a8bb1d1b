package io.omnitls.internal.verify.webpki;

import io.omnitls.error.VerifyCode;

/**
 * A rule that is broken.
 *
 * @param detail what is wrong, for people: the end of a sentence that begins with the certificate
 */
public record Broken(VerifyCode code, String detail) {}
