/**
 * BC-FIPS as a backend. {@link io.omnitls.bcfips.BcFipsProvider} says how to run it; the other classes are the list of
 * its peculiarities:
 *
 * <ul>
 *   <li>{@link io.omnitls.bcfips.BcFipsStart} starts it, once, and says why it cannot be started;
 *   <li>{@link io.omnitls.bcfips.BcFipsEngine} gives an engine that defers its failures, throws {@link java.lang.Error}
 *       and stops reading when it stops writing the contract of other engines;
 *   <li>{@link io.omnitls.bcfips.BcTlsSeam} looks into a handshake by way of the crypto that the backend lets us
 *       replace;
 *   <li>{@link io.omnitls.bcfips.ApprovedMode} judges what may be called approved.
 * </ul>
 */
@NullMarked
package io.omnitls.bcfips;

import org.jspecify.annotations.NullMarked;
