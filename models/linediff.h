#pragma once

#include <QStringList>
#include <vector>

namespace kboss {

// What was taken out and put in between two texts, line by line, each change with up to `around` lines beside it; "…" stands for what is left out. Any thread.
struct DiffLine {
    enum class Kind { Same, Out, In, Gap };
    Kind kind = Kind::Same;
    QString text;
    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};
std::vector<DiffLine> lineDiff(const QString &before, const QString &after, int around = 2);

} // namespace kboss
