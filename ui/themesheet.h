#pragma once

#include <QJsonObject>
#include <QString>

namespace kboss {

class Theme;

// The style sheet with its @names replaced by this theme's colours and sizes.
QString expandSheet(const QString &sheet, const Theme &theme, const QJsonObject &tokens);

} // namespace kboss
