#pragma once

namespace kboss {

// Keeps what the process holds close to what it uses, for programs that run for weeks: worker threads decode and free tens of megabytes in turns, and glibc would
// give each of them an arena of its own that keeps its holes (measured by bench_pods: a third more after minutes, and growing). Call it first in main(), before
// threads are there. Does nothing with other C libraries.
void keepHeapSmall();

} // namespace kboss
