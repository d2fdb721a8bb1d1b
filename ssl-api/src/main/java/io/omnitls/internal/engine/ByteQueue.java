package io.omnitls.internal.engine;

import io.omnitls.internal.wire.RecordHeader;
import java.nio.ByteBuffer;

/**
 * Bytes in the order they came. Takes a chunk from a pool for the first of them and grows when it must; lends it out as
 * {@link ByteBuffer}s, so that the engine and the transport work on it without a copy. An empty queue gives its chunk back when
 * its owner {@linkplain #rest comes to rest}.
 */
public final class ByteQueue {
    private static final int MAX_SIZE = Integer.MAX_VALUE - 8; // some virtual machines have longer headers

    private static final int LITTLE = 1 << 10;
    private static final int MUCH = 16 << 10;

    private final boolean secret;
    private ChunkPool pool = ChunkPool.shared();
    private Chunk chunk = Chunk.NONE;
    private int start;
    private int end;
    private int highest; // of a secret queue: from here on the chunk holds nothing of it

    /** A queue of what anybody may see. */
    public ByteQueue() {
        this(false);
    }

    private ByteQueue(boolean secret) {
        this.secret = secret;
    }

    /** A queue that leaves no trace in the memory it had. */
    static ByteQueue ofSecrets() {
        return new ByteQueue(true);
    }

    /** From the next chunk on, which it has when it has come to rest or grows, its memory is outside of the heap. */
    void turnDirect() {
        pool = ChunkPool.direct();
    }

    /** How many bytes are queued. */
    public int size() {
        return end - start;
    }

    public boolean isEmpty() {
        return start == end;
    }

    /**
     * The array that {@link #start} points into; changes when the queue grows or comes to rest. Only of a queue that was not
     * {@linkplain #turnDirect turned}, as those of a handshake are.
     */
    byte[] array() {
        return chunk.array();
    }

    /** The index of the first queued byte in {@link #array}. */
    int start() {
        return start;
    }

    /** The byte at {@code index}, counted from the first queued one, as a number from 0 to 255. */
    int at(int index) {
        return chunk.at(start + index);
    }

    /** The header of the record at {@code index}, counted from the first queued byte; the caller has seen that it is there. */
    RecordHeader header(int index) {
        return new RecordHeader(at(index), at(index + 1) << 8 | at(index + 2), at(index + 3) << 8 | at(index + 4));
    }

    /** How long the record is that starts at {@code index}; there is one asked for each, so nothing is made of its header. */
    int recordSize(int index) {
        return RecordHeader.SIZE + (at(index + 3) << 8 | at(index + 4));
    }

    /** Overwrites the byte at {@code index}, counted from the first queued one. */
    void set(int index, int value) {
        chunk.set(start + index, value);
    }

    /** Lends the first {@code length} bytes; what was used is told with {@link #skip}. */
    ByteBuffer front(int length) {
        return chunk.front(start, start + length);
    }

    /** Makes room for this many bytes at once, unless something is queued: then who {@linkplain #back adds} sees to it. */
    void reserve(int length) {
        if (isEmpty() && !chunk.isBorrowed()) {
            makeRoom(length);
        }
    }

    /**
     * Works in {@code memory}, from its position to its limit, until that is given back; only while nothing is queued, and where the
     * memory is of the kind that its own is.
     *
     * @param length how many bytes are queued there
     * @return whether it does
     */
    boolean borrow(ByteBuffer memory, int length) {
        boolean fits = isEmpty() && !memory.isReadOnly() && memory.isDirect() == (pool == ChunkPool.direct());
        if (fits) {
            replace(Chunk.borrowed(memory), length);
        }
        return fits;
    }

    /** Gives borrowed memory back with all that is queued in it, and says how many bytes that are: they begin where the memory does. */
    int handOver() {
        int length = chunk.isBorrowed() ? size() : 0;
        if (chunk.isBorrowed()) {
            replace(Chunk.NONE, 0);
        }
        return length;
    }

    /** Gives borrowed memory back; what is queued is moved to memory of its own. */
    void keep() {
        if (chunk.isBorrowed()) {
            if (isEmpty()) {
                replace(Chunk.NONE, 0);
            } else {
                move(size());
            }
        }
    }

    /** Lends room for at least {@code length} bytes; what was filled is told with {@link #added}. */
    public ByteBuffer back(int length) {
        makeRoom(length);
        return chunk.back(end);
    }

    /**
     * Overwrites the first {@code length} bytes with zeros: an engine may have decrypted them where they are. A lender's memory is
     * left as the engine leaves it: the data may have gone to the same place.
     */
    void wipeFront(int length) {
        if (!chunk.isBorrowed()) {
            chunk.wipe(start, start + length);
        }
    }

    /** Drops the first {@code length} bytes. */
    void skip(int length) {
        start += length;
        if (start == end) {
            start = 0;
            end = 0;
        }
    }

    /** Puts {@code shorter} in the place of the first {@code length} bytes, which are at least as many. */
    void replaceFront(int length, byte[] shorter) {
        int saved = length - shorter.length;
        chunk.put(start + saved, shorter);
        skip(saved);
    }

    /** Takes in what was filled into the buffer that {@link #back} lent last. */
    public void added() {
        end = chunk.filled();
        highest = Math.max(highest, end);
    }

    /** Adds all that remains in {@code source}. */
    public void put(ByteBuffer source) {
        int length = source.remaining();
        makeRoom(length);
        chunk.put(end, source);
        grown(length);
    }

    /** Adds these bytes. */
    public void put(byte[] source) {
        makeRoom(source.length);
        chunk.put(end, source);
        grown(source.length);
    }

    private void grown(int length) {
        end += length;
        highest = Math.max(highest, end);
    }

    /** Moves as many bytes as both have to {@code target} and says how many. */
    public int take(ByteBuffer target) {
        int length = Math.min(size(), target.remaining());
        chunk.get(start, start + length, target);
        skip(length);
        return length;
    }

    /** Takes up to {@code limit} bytes out. */
    public byte[] take(int limit) {
        byte[] taken = chunk.get(start, start + Math.min(limit, size()));
        skip(taken.length);
        return taken;
    }

    /** Drops everything that was added after the queue had {@code size} bytes. */
    void truncate(int size) {
        end = start + size;
    }

    /**
     * Gives the chunk back if nothing is queued, and a large one for a small one if little is: a ticket may wait there for as long
     * as the connection lasts. No view of it may be used any more.
     */
    public void rest() {
        if (start == end) {
            if (chunk != Chunk.NONE) {
                replace(Chunk.NONE, 0);
            }
        } else if (chunk.size() > MUCH && size() <= LITTLE) {
            move(LITTLE);
        }
    }

    /** Overwrites the whole chunk with zeros and lets it go. */
    public void wipe() {
        chunk.wipe(0, chunk.size());
        highest = 0;
        replace(Chunk.NONE, 0);
    }

    private void makeRoom(int length) {
        if (chunk.size() - end >= length) {
            return;
        }
        int size = size();
        if (chunk.size() - size >= length && start >= size) {
            // Only what at least as many bytes have left before: a full queue would be moved for every few bytes.
            chunk.compact(start, end);
            start = 0;
            end = size;
            return;
        }
        move(larger(size, length));
    }

    private void move(int room) {
        Chunk other = pool.take(room);
        int size = size();
        other.put(0, chunk.front(start, end));
        replace(other, size);
    }

    /** Twice the chunk, so that each byte is moved a constant number of times however long the queue gets. */
    private int larger(int size, int length) {
        long needed = (long) size + length;
        if (needed > MAX_SIZE) {
            throw new OutOfMemoryError("a queue of " + needed + " bytes");
        }
        return (int) Math.max(needed, size == 0 ? 0 : Math.min(2L * chunk.size(), MAX_SIZE));
    }

    private void replace(Chunk other, int size) {
        if (secret) {
            chunk.wipe(0, Math.min(highest, chunk.size()));
        }
        ChunkPool.giveBack(chunk);
        chunk = other;
        start = 0;
        end = size;
        highest = size;
    }
}
