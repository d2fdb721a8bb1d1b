package io.omnitls;

/**
 * Hears what became of files that changed, see {@link ReloadOptions#withListener}. Connections that run stay as they are when a
 * context takes the place of another one; whoever wants them to end finds them here, by {@link TlsConnection#context}.
 *
 * <p>Called on the thread that read the files, one call after the other; the next change is read after it has returned, so
 * one that takes its time holds up {@link ReloadableContext#reload}, which it must not call itself. One that was begun before
 * {@link ReloadableContext#close} may be told while that returns.
 * What it throws changes nothing and goes to the thread's handler of uncaught exceptions.
 */
@FunctionalInterface
public interface ReloadListener {

    /**
     * The files were read again.
     *
     * @param status what is known now: {@link ReloadStatus#upToDate} tells whether it was a success
     */
    void reloaded(ReloadStatus status);
}
