#pragma once

namespace kboss::standalone {

// What stands for a stored secret in every answer. Sent back by an update, it means "as it was".
inline constexpr char secretMask[] = "******";

} // namespace kboss::standalone
