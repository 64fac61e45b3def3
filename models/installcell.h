#pragma once

#include <QString>

namespace kboss {

// What one cell of the installer's matrices shows: a shape before any tone, and what was measured beside it.
enum class CellShape { Nothing, Passed, Warning, Accepted, Failed, Running, Waiting, SetAside, NotApplicable };

struct InstallCell {
    CellShape shape = CellShape::Nothing;
    QString text; // "32 cores", "2 min 08 s"
    QString second; // under it, of what is under way: "1.34 / 2.08 GB"
    double share = -1; // 0…1 of what is under way; -1 = not known
    bool slow = false; // over three times the usual
    friend bool operator==(const InstallCell &, const InstallCell &) = default;
};

// What the matrices' models say besides texts.
namespace InstallRole {
enum : int { Shape = 0x1200, Second, Share, Slow, IsGroup, Note, Mono };
}

} // namespace kboss
