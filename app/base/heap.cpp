#include "app/base/heap.h"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace kboss {

void keepHeapSmall()
{
#ifdef __GLIBC__
    constexpr int arenas = 2; // one for the GUI thread, mostly
    ::mallopt(M_ARENA_MAX, arenas);
#endif
}

} // namespace kboss
