#pragma once

#include <QString>

namespace kboss {

// Initials of Chinese words by their most common reading: "计费账户" -> "jfzh"; other letters and digits in lower case, the rest left out.
QString pinyinInitials(QStringView text);

// Whether `needle` (lower case) is a substring of the text itself, case-insensitively, or of its pinyin initials.
bool matchesTextOrPinyin(QStringView text, QStringView needle);

// Makes the table of initials, 0.4 s once: call it on a worker thread before the GUI thread asks. The first of the functions above does it otherwise.
void preparePinyin();

} // namespace kboss
