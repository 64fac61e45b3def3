#include "app/base/heap.h"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace kboss {

void keepHeapSmall()
{
#ifdef __GLIBC__
    ::mallopt(M_ARENA_MAX, 1); // two were measured as well: they grow
    // Whole answers and the parser's tables come and go with every reading. Mapped on their own they leave no holes, and one that grows is moved by
    // its pages instead of being copied (15 ms for the list of 20,000 pods). The limit is fixed by this: glibc would raise it to 32 MB by itself.
    ::mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
    ::mallopt(M_TRIM_THRESHOLD, 4 * 1024 * 1024);
#endif
}

} // namespace kboss
