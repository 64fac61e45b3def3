#pragma once

#include <QString>

namespace kboss {

// A name from somewhere, for a place that shows one line: control characters and line ends become spaces, marks that turn the direction of what follows go
// (letters keep theirs), and after `most` UTF-16 units it ends with "…", never within a character.
QString oneLine(const QString &text, qsizetype most = 400);

} // namespace kboss
