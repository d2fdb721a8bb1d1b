package io.omnitls.spi;

/**
 * What a backend resumes a session by: given out by {@link TlsEngine#session} and given back in {@link EngineSpec.Client}. None
 * but the provider that made it looks inside. The backend may forget the session when nobody holds this any more.
 */
public interface ResumableSession {}
