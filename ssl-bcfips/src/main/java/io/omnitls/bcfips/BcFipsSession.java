package io.omnitls.bcfips;

import io.omnitls.spi.ResumableSession;
import org.bouncycastle.jsse.BCExtendedSSLSession;

/** A session as the backend wants it back: its own object, since its cache is asked for nothing. */
record BcFipsSession(BCExtendedSSLSession session) implements ResumableSession {}
