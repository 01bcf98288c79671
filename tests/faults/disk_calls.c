/* Stands between a program and the files under one folder; built by tests/kits/disk_calls.py, used through LD_PRELOAD.
 * It records what is done to them, so that tests/kits/power_disk.py can rebuild the disk as a power cut would have left
 * it; and it lets a call fail as a full or broken disk does.
 *
 * POWER_ROOT: the folder, absolute. POWER_LOG: where the record goes; unset: nowhere. A call and its record are made under
 * one lock, so that the order of the records is the order in which the system saw the calls. What cannot be followed (a shared
 * writable mapping, sendfile, copy_file_range, paths relative to a folder's handle) is recorded as blind ('B'), and the
 * test fails on it instead of believing a disk that lacks something. SQLite maps its "-shm" file: that one is memory,
 * not disk, and every opening after a crash makes it anew.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define HANDLES 65536

struct head {
    uint32_t kind, path, target, data; /* one letter; lengths of what follows */
    int64_t file, offset;              /* inode; where a write begins, or the new size */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static size_t root_length;
static int log_fd = -1;
static unsigned char ours[HANDLES];
static long calls, fails_at;
static int fails_with, fails_on;

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static void put(const void *from, size_t size) {
    static __typeof__(&write) real;
    if (!real) real = (__typeof__(&write))dlsym(RTLD_NEXT, "write");
    const char *at = from;
    while (size) {
        ssize_t done = real(log_fd, at, size);
        if (done <= 0) abort(); /* half a record would be a lie */
        at += done;
        size -= (size_t)done;
    }
}

static void record(char kind, const char *path, const char *target, int64_t file, int64_t offset, const void *data,
                   size_t size) {
    if (log_fd < 0) return;
    int kept = errno;
    struct head head = {(uint32_t)kind, path ? strlen(path) : 0, target ? strlen(target) : 0, size, file, offset};
    put(&head, sizeof head);
    if (head.path) put(path, head.path);
    if (head.target) put(target, head.target);
    if (size) put(data, size);
    errno = kept;
}

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("POWER_LOG");
    root = getenv("POWER_ROOT");
    if (!root) return;
    root_length = strlen(root);
    if (!log) return;
    REAL(open);
    log_fd = real(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_fd < 0) abort();
}

/* The program says what it has promised: `power_mark("accepted …")`, found by ctypes. */
void power_mark(const char *words) {
    if (!root) return;
    pthread_mutex_lock(&lock);
    record('K', words, NULL, 0, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
}

/* The call number `at` from now on fails (0: none does), and with `on` all that follow. Removing files still works, as it
 * does on a full disk. */
void disk_break(long at, int error, int on) {
    pthread_mutex_lock(&lock);
    calls = 0;
    fails_at = at;
    fails_with = error;
    fails_on = on;
    pthread_mutex_unlock(&lock);
}

/* How many calls that can fail there were since. */
long disk_calls(void) { return calls; }

/* Asked under the lock before each call. */
static int fails(void) {
    calls++;
    if (!fails_at || calls < fails_at || (calls > fails_at && !fails_on)) return 0;
    errno = fails_with;
    return 1;
}

static int under(const char *path) {
    return root && path && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

static int known(int fd) { return root && fd >= 0 && fd < HANDLES && ours[fd]; }

static void blind(const char *what) { record('B', what, NULL, 0, 0, NULL, 0); }

static int64_t inode(int fd) {
    struct stat about;
    return fstat(fd, &about) ? -1 : (int64_t)about.st_ino;
}

/* ------------------------------------------------------------------------------------------------ opening, closing */

static int opened(int fd, const char *path, int flags, int was_there) {
    if (fd < 0) return fd;
    if (fd >= HANDLES) abort();
    ours[fd] = 1;
    if (!was_there && (flags & O_CREAT)) record('C', path, NULL, inode(fd), 0, NULL, 0);
    else if (flags & O_TRUNC) record('T', NULL, NULL, inode(fd), 0, NULL, 0);
    return fd;
}

#define OPEN(name)                                                                                                     \
    int name(const char *path, int flags, ...) {                                                                       \
        REAL(name);                                                                                                    \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;                                      \
        va_end(more);                                                                                                  \
        if (!under(path)) return real(path, flags, mode);                                                              \
        pthread_mutex_lock(&lock);                                                                                     \
        int was_there = !access(path, F_OK);                                                                           \
        int fd = -1;                                                                                                   \
        if (was_there || !(flags & O_CREAT) || !fails())                                                               \
            fd = opened(real(path, flags, mode), path, flags, was_there);                                              \
        pthread_mutex_unlock(&lock);                                                                                   \
        return fd;                                                                                                     \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                                                   \
    int name(int folder, const char *path, int flags, ...) {                                                           \
        REAL(name);                                                                                                    \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0;                                      \
        va_end(more);                                                                                                  \
        if (!under(path)) {                                                                                            \
            if (known(folder) && path[0] != '/') blind(#name);                                                         \
            return real(folder, path, flags, mode);                                                                    \
        }                                                                                                              \
        pthread_mutex_lock(&lock);                                                                                     \
        int was_there = !access(path, F_OK);                                                                           \
        int fd = -1;                                                                                                   \
        if (was_there || !(flags & O_CREAT) || !fails())                                                               \
            fd = opened(real(folder, path, flags, mode), path, flags, was_there);                                      \
        pthread_mutex_unlock(&lock);                                                                                   \
        return fd;                                                                                                     \
    }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
    REAL(close);
    if (!known(fd)) return real(fd);
    pthread_mutex_lock(&lock);
    ours[fd] = 0;
    int result = real(fd);
    pthread_mutex_unlock(&lock);
    return result;
}

/* --------------------------------------------------------------------------------------------------------- writing */

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    if (!known(fd)) return real(fd, data, size);
    pthread_mutex_lock(&lock);
    struct stat about;
    fstat(fd, &about);
    off_t at = (fcntl(fd, F_GETFL) & O_APPEND) ? about.st_size : lseek(fd, 0, SEEK_CUR);
    /* A disk that fills up takes what still fits. */
    ssize_t done = !fails() ? real(fd, data, size) : fails_on && calls == fails_at && size > 1 ? real(fd, data, size / 2) : -1;
    if (done > 0) record('W', NULL, NULL, about.st_ino, at, data, (size_t)done);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    if (!known(fd)) return real(fd, parts, count);
    ssize_t all = 0;
    for (int part = 0; part < count; part++) {
        ssize_t done = write(fd, parts[part].iov_base, parts[part].iov_len);
        if (done < 0) return all ? all : done;
        all += done;
        if ((size_t)done < parts[part].iov_len) break;
    }
    return all;
}

#define PWRITE(name)                                                                                                   \
    ssize_t name(int fd, const void *data, size_t size, off_t at) {                                                    \
        REAL(name);                                                                                                    \
        if (!known(fd)) return real(fd, data, size, at);                                                               \
        pthread_mutex_lock(&lock);                                                                                     \
        ssize_t done = -1;                                                                                             \
        if (!fails()) done = real(fd, data, size, at);                                                                 \
        else if (fails_on && calls == fails_at && size > 1) done = real(fd, data, size / 2, at);                       \
        if (done > 0) record('W', NULL, NULL, inode(fd), at, data, (size_t)done);                                      \
        pthread_mutex_unlock(&lock);                                                                                   \
        return done;                                                                                                   \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

#define FTRUNCATE(name)                                                                                                \
    int name(int fd, off_t size) {                                                                                     \
        REAL(name);                                                                                                    \
        if (!known(fd)) return real(fd, size);                                                                         \
        pthread_mutex_lock(&lock);                                                                                     \
        int result = fails() ? -1 : real(fd, size);                                                                    \
        if (!result) record('T', NULL, NULL, inode(fd), size, NULL, 0);                                                \
        pthread_mutex_unlock(&lock);                                                                                   \
        return result;                                                                                                 \
    }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

/* Space reserved beyond the end makes a file longer, which is all that a disk image can show of it. */
static void reserved(int fd, off_t end) {
    struct stat about;
    fstat(fd, &about);
    if (about.st_size == end) record('T', NULL, NULL, about.st_ino, end, NULL, 0);
}

#define POSIX_FALLOCATE(name)                                                                                          \
    int name(int fd, off_t at, off_t size) {                                                                           \
        REAL(name);                                                                                                    \
        if (!known(fd)) return real(fd, at, size);                                                                     \
        pthread_mutex_lock(&lock);                                                                                     \
        int result = fails() ? fails_with : real(fd, at, size);                                                        \
        if (!result) reserved(fd, at + size);                                                                          \
        pthread_mutex_unlock(&lock);                                                                                   \
        return result;                                                                                                 \
    }
POSIX_FALLOCATE(posix_fallocate)
POSIX_FALLOCATE(posix_fallocate64)

#define FALLOCATE(name)                                                                                                \
    int name(int fd, int mode, off_t at, off_t size) {                                                                 \
        REAL(name);                                                                                                    \
        if (!known(fd)) return real(fd, mode, at, size);                                                               \
        pthread_mutex_lock(&lock);                                                                                     \
        int result = fails() ? -1 : real(fd, mode, at, size);                                                          \
        if (!result && mode) blind(#name);                                                                             \
        else if (!result) reserved(fd, at + size);                                                                     \
        pthread_mutex_unlock(&lock);                                                                                   \
        return result;                                                                                                 \
    }
FALLOCATE(fallocate)
FALLOCATE(fallocate64)

#define SYNC(name)                                                                                                     \
    int name(int fd) {                                                                                                 \
        REAL(name);                                                                                                    \
        if (!known(fd)) return real(fd);                                                                               \
        pthread_mutex_lock(&lock);                                                                                     \
        int result = fails() ? -1 : real(fd);                                                                          \
        struct stat about;                                                                                             \
        fstat(fd, &about);                                                                                             \
        if (!result && S_ISDIR(about.st_mode)) {                                                                       \
            char link[64], path[PATH_MAX];                                                                             \
            snprintf(link, sizeof link, "/proc/self/fd/%d", fd);                                                       \
            ssize_t length = readlink(link, path, sizeof path - 1);                                                    \
            path[length > 0 ? length : 0] = 0;                                                                         \
            record('Y', path, NULL, 0, 0, NULL, 0);                                                                    \
        } else if (!result)                                                                                            \
            record('S', NULL, NULL, about.st_ino, 0, NULL, 0);                                                         \
        pthread_mutex_unlock(&lock);                                                                                   \
        return result;                                                                                                 \
    }
SYNC(fsync)
SYNC(fdatasync)

/* ----------------------------------------------------------------------------------------------------------- names */

#define PATH1(name, kind, parameters, arguments, path)                                                                 \
    int name parameters {                                                                                              \
        REAL(name);                                                                                                    \
        if (!under(path)) return real arguments;                                                                       \
        pthread_mutex_lock(&lock);                                                                                     \
        int result = kind != 'U' && fails() ? -1 : real arguments;                                                     \
        if (!result) record(kind, path, NULL, 0, 0, NULL, 0);                                                          \
        pthread_mutex_unlock(&lock);                                                                                   \
        return result;                                                                                                 \
    }
PATH1(mkdir, 'M', (const char *path, mode_t mode), (path, mode), path)
PATH1(mkdirat, 'M', (int folder, const char *path, mode_t mode), (folder, path, mode), path)
PATH1(unlink, 'U', (const char *path), (path), path)
PATH1(unlinkat, 'U', (int folder, const char *path, int flags), (folder, path, flags), path)
PATH1(rmdir, 'U', (const char *path), (path), path)

#define PATH2(name, kind, parameters, arguments)                                                                       \
    int name parameters {                                                                                              \
        REAL(name);                                                                                                    \
        if (!under(from) && !under(to)) return real arguments;                                                         \
        pthread_mutex_lock(&lock);                                                                                     \
        int result = fails() ? -1 : real arguments;                                                                    \
        if (!result && under(from) && under(to)) record(kind, from, to, 0, 0, NULL, 0);                                \
        else if (!result) blind(#name);                                                                                \
        pthread_mutex_unlock(&lock);                                                                                   \
        return result;                                                                                                 \
    }
PATH2(rename, 'R', (const char *from, const char *to), (from, to))
PATH2(renameat, 'R', (int one, const char *from, int two, const char *to), (one, from, two, to))
PATH2(link, 'L', (const char *from, const char *to), (from, to))
PATH2(linkat, 'L', (int one, const char *from, int two, const char *to, int flags), (one, from, two, to, flags))

/* ----------------------------------------------------------------------------------------- what cannot be followed */

#define MMAP(name)                                                                                                     \
    void *name(void *where, size_t size, int rights, int flags, int fd, off_t at) {                                    \
        REAL(name);                                                                                                    \
        if (known(fd) && (flags & MAP_SHARED) && (rights & PROT_WRITE)) {                                              \
            char link[64], path[PATH_MAX];                                                                             \
            snprintf(link, sizeof link, "/proc/self/fd/%d", fd);                                                       \
            ssize_t length = readlink(link, path, sizeof path - 1);                                                    \
            if (length < 4 || memcmp(path + length - 4, "-shm", 4)) blind(#name);                                      \
        }                                                                                                              \
        return real(where, size, rights, flags, fd, at);                                                               \
    }
MMAP(mmap)
MMAP(mmap64)

ssize_t sendfile(int to, int from, off_t *at, size_t size) {
    REAL(sendfile);
    if (known(to)) {
        blind("sendfile");
        if (fails()) return -1;
    }
    return real(to, from, at, size);
}

ssize_t copy_file_range(int from, off_t *at, int to, off_t *place, size_t size, unsigned int flags) {
    REAL(copy_file_range);
    if (known(to)) blind("copy_file_range");
    return real(from, at, to, place, size, flags);
}
