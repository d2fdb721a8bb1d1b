package io.omnitls.forge.random;

import io.omnitls.forge.SigningKey;
import java.math.BigInteger;

/**
 * A certificate with the key behind it, and what others have to say about it to refer to it.
 *
 * @param text what stands in its subject
 * @param subject the name as it is encoded in it
 * @param issuer the name of its issuer as it is encoded in it
 */
@SuppressWarnings("ArrayRecordComponent") // a record of what to write: nobody compares it
record Member(String text, byte[] subject, byte[] issuer, BigInteger serial, SigningKey key, byte[] der) {}
