#include "ui/themesheet.h"

#include "ui/theme.h"

#include <QRegularExpression>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

int fieldInner(const Theme &theme, const QString &name)
{
    // Style sheets give the height inside the border; tokens give the whole.
    if (name == "button-in"_L1)
        return theme.size("button") - 2;
    if (name == "field-in"_L1)
        return theme.size("field") - 2;
    if (name == "field-in-focus"_L1)
        return theme.size("field") - 4;
    if (name == "tab-in"_L1)
        return theme.size("tab") - 2;
    if (name == "head-in"_L1)
        return theme.size("table-head") - 1;
    return theme.size(name.toLatin1().constData());
}

QString function(const Theme &theme, const QJsonObject &shares, const QString &name, const QString &argument)
{
    const QColor color = theme.color(argument.toLatin1().constData());
    const QColor panel = theme.color("panel");
    if (name == "pale"_L1)
        return theme.mix(color, panel, shares[theme.isDark() ? "pale-dark"_L1 : "pale-light"_L1].toInt() / 100.0).name();
    if (name == "hover"_L1)
        return theme.mix(color, panel, shares["hover"_L1].toInt() / 100.0).name();
    if (name == "press"_L1)
        return theme.mix(color, panel, shares["press"_L1].toInt() / 100.0).name();
    if (name == "strong"_L1)
        return theme.mix(theme.color("text"), color, shares["press"_L1].toInt() / 100.0).name();
    return {};
}

} // namespace

QString expandSheet(const QString &sheet, const Theme &theme, const QJsonObject &tokens)
{
    const QRegularExpression names(u"@([a-z][a-z0-9-]*)(?:\\.([a-z0-9-]+)( px)?|\\(([a-z0-9-]+)\\))?"_s);
    const QJsonObject shares = tokens["shares"_L1].toObject();
    const QJsonObject type = tokens["type"_L1].toObject();
    QString out;
    out.reserve(sheet.size() * 2);
    qsizetype at = 0;
    for (auto it = names.globalMatch(sheet); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        out += QStringView(sheet).mid(at, match.capturedStart() - at);
        at = match.capturedEnd();
        const QString name = match.captured(1), member = match.captured(2), argument = match.captured(4);
        if (name == "type"_L1)
            out += QString::number(type[member].toInt()) + u"px"_s;
        else if (name == "size"_L1)
            out += QString::number(fieldInner(theme, member)) + u"px"_s;
        else if (name == "icon"_L1)
            out += theme.sheetIcon(argument);
        else if (!argument.isEmpty())
            out += function(theme, shares, name, argument);
        else
            out += theme.color(name.toLatin1().constData()).name();
    }
    out += QStringView(sheet).mid(at);
    return out;
}

} // namespace kboss
