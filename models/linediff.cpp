#include "models/linediff.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Kind = DiffLine::Kind;

// By the longest list of lines that both have; for the hundreds of lines a description has.
std::vector<DiffLine> allLines(const QStringList &a, const QStringList &b)
{
    const size_t rows = static_cast<size_t>(a.size()), columns = static_cast<size_t>(b.size());
    std::vector<std::vector<int>> common(rows + 1, std::vector<int>(columns + 1, 0));
    for (size_t i = rows; i-- > 0;) {
        for (size_t j = columns; j-- > 0;) {
            const bool same = a.at(static_cast<qsizetype>(i)) == b.at(static_cast<qsizetype>(j));
            common[i][j] = same ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
        }
    }
    std::vector<DiffLine> lines;
    size_t i = 0, j = 0;
    while (i < rows || j < columns) {
        const bool left = i < rows, right = j < columns;
        const auto at = static_cast<qsizetype>(i), to = static_cast<qsizetype>(j);
        if (left && right && a.at(at) == b.at(to)) {
            lines.push_back({Kind::Same, a.at(at)});
            ++i;
            ++j;
        } else if (left && (!right || common[i + 1][j] >= common[i][j + 1])) {
            lines.push_back({Kind::Out, a.at(at)});
            ++i;
        } else {
            lines.push_back({Kind::In, b.at(to)});
            ++j;
        }
    }
    return lines;
}

} // namespace

std::vector<DiffLine> lineDiff(const QString &before, const QString &after, int around)
{
    const std::vector<DiffLine> all = allLines(before.split(u'\n'), after.split(u'\n'));
    std::vector<bool> kept(all.size(), false);
    for (size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind == Kind::Same)
            continue;
        const size_t wide = static_cast<size_t>(std::max(0, around));
        for (size_t k = i < wide ? 0 : i - wide; k < std::min(all.size(), i + wide + 1); ++k)
            kept[k] = true;
    }
    std::vector<DiffLine> shown;
    for (size_t i = 0; i < all.size(); ++i) {
        if (kept[i])
            shown.push_back(all[i]);
        else if (!shown.empty() && shown.back().kind != Kind::Gap)
            shown.push_back({Kind::Gap, u"…"_s});
    }
    if (!shown.empty() && shown.back().kind == Kind::Gap)
        shown.pop_back();
    return shown;
}

} // namespace kboss
