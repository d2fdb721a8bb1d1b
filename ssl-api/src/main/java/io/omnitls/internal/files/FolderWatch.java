package io.omnitls.internal.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until something happens in the folders of some files, or some time has passed. It is only a hint, since it misses
 * what happens on network file systems, or between two registrations: whoever waits looks for himself. Where the system
 * has no watch, or no more of them, only the time passes. For one thread, and another one that closes it.
 */
public final class FolderWatch implements Closeable {
    private static final FileSystem WATCHED = FileSystems.getDefault();

    private final Optional<WatchService> service;
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private FolderWatch(Optional<WatchService> service) {
        this.service = service;
    }

    /** A watch of nothing yet. */
    public static FolderWatch open() {
        try {
            return new FolderWatch(Optional.of(WATCHED.newWatchService()));
        } catch (IOException | UnsupportedOperationException none) {
            return new FolderWatch(Optional.empty());
        }
    }

    /** Watches where these files are, and nothing else. */
    public void watch(Collection<Path> files) {
        if (service.isEmpty()) {
            return;
        }
        Set<Path> folders = new HashSet<>();
        files.forEach(file -> add(file, folders));
        keys.entrySet().removeIf(known -> {
            boolean dropped =
                    !folders.contains(known.getKey()) || !known.getValue().isValid();
            if (dropped) {
                known.getValue().cancel();
            }
            return dropped;
        });
        folders.forEach(folder -> register(folder, service.get()));
    }

    /**
     * The folder that its name is in, which sees a link being replaced, and the one that its bytes are in; and the folder of the
     * former, which sees that one being replaced.
     */
    private static void add(Path file, Set<Path> folders) {
        if (file.getFileSystem() != WATCHED) {
            return;
        }
        if (Files.isDirectory(file)) {
            folders.add(file);
        }
        Optional<Path> named = existing(file.toAbsolutePath().getParent());
        named.ifPresent(folders::add);
        named.map(Path::getParent).ifPresent(folders::add);
        try {
            existing(file.toRealPath().getParent()).ifPresent(folders::add);
        } catch (IOException gone) {
            // It comes back by its name.
        }
    }

    /** The folder, or the one that it will have to come back in. */
    private static Optional<Path> existing(@Nullable Path folder) {
        Path place = folder;
        while (place != null && !Files.isDirectory(place)) {
            place = place.getParent();
        }
        return Optional.ofNullable(place);
    }

    /** Each time: a folder that is watched may be another one by now, which has its name. The same one gives the same key. */
    private void register(Path folder, WatchService watches) {
        try {
            WatchKey key = folder.register(
                    watches,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_DELETE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
            WatchKey before = keys.put(folder, key);
            if (before != null && before != key && !keys.containsValue(before)) {
                before.cancel();
            }
        } catch (IOException | UnsupportedOperationException | ClosedWatchServiceException refused) {
            // Gone again, no more watches in this system, or the end: time will tell.
        }
    }

    /** Whether it was closed. */
    public boolean closed() {
        return closed.getCount() == 0;
    }

    /** Waits until something happens or it is closed, at most for {@code limit}. Whether something happened. */
    public boolean await(Duration limit) {
        try {
            if (service.isPresent()) {
                return await(service.get(), limit);
            }
            idle(limit);
            return false;
        } catch (InterruptedException nobodys) {
            return true; // then it is time to look
        } catch (ClosedWatchServiceException end) {
            return false;
        }
    }

    private static boolean await(WatchService service, Duration limit) throws InterruptedException {
        WatchKey key = service.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        boolean happened = key != null;
        while (key != null) {
            key.pollEvents();
            key.reset(); // a folder that has gone is registered anew when it is there again
            key = service.poll();
        }
        return happened;
    }

    /** Waits so long, whatever happens, or until it is closed. */
    public void pause(Duration limit) {
        try {
            idle(limit);
        } catch (InterruptedException nobodys) {
            // Then it was shorter.
        }
    }

    @SuppressWarnings("ReturnValueIgnored") // closed() tells
    private void idle(Duration limit) throws InterruptedException {
        closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (service.isPresent()) {
                service.get().close();
            }
        } catch (IOException e) {
            // Nothing waits for it any more.
        }
    }
}
