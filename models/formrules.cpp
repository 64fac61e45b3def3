#include "models/formrules.h"

#include "models/viewcheck.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("Form", text);
}

bool isHexGroup(QStringView group)
{
    static const QRegularExpression form(u"^[0-9A-Fa-f]{1,4}$"_s);
    return form.match(group).hasMatch();
}

// The number of 16-bit groups in one side of "::", -1 when it is no such list.
int groupsIn(QStringView side, bool last)
{
    if (side.isEmpty())
        return 0;
    int groups = 0;
    const auto parts = side.split(u':');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (last && i == parts.size() - 1 && isIpv4(parts[i]))
            groups += 2;
        else if (isHexGroup(parts[i]))
            ++groups;
        else
            return -1;
    }
    return groups;
}

QString textOf(const Value &value)
{
    if (const auto *text = std::get_if<QString>(&value))
        return *text;
    if (const auto *number = std::get_if<qint64>(&value))
        return QString::number(*number);
    return {};
}

} // namespace

bool isIpv4(QStringView text)
{
    static const QRegularExpression form(u"^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}$"_s);
    return form.match(text).hasMatch();
}

bool isIpv6(QStringView text)
{
    const qsizetype gap = text.indexOf(u"::"_s);
    if (gap < 0)
        return groupsIn(text, true) == 8;
    if (text.indexOf(u"::"_s, gap + 1) >= 0)
        return false;
    const int left = groupsIn(text.first(gap), false), right = groupsIn(text.sliced(gap + 2), true);
    return left >= 0 && right >= 0 && left + right <= 7;
}

bool isHostName(QStringView text)
{
    static const QRegularExpression label(u"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"_s), digits(u"^[0-9]+$"_s);
    if (text.isEmpty() || text.size() > 253)
        return false;
    const auto labels = text.split(u'.');
    for (const QStringView part : labels) {
        if (!label.match(part).hasMatch())
            return false;
    }
    return !digits.match(labels.last()).hasMatch();
}

QString checkKind(InputKind kind, const QString &text)
{
    static const QRegularExpression phone(u"^\\+?[0-9() -]*$"_s), digit(u"[0-9]"_s);
    switch (kind) {
    case InputKind::Address:
        if (!isIpv4(text) && !isIpv6(text) && !isHostName(text))
            return words(QT_TRANSLATE_NOOP("Form", "Not an IPv4 or IPv6 address and not a host name"));
        break;
    case InputKind::Url: {
        const QUrl url(text, QUrl::StrictMode);
        const bool web = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
        if (!url.isValid() || !web || url.host().isEmpty())
            return words(QT_TRANSLATE_NOOP("Form", "Not a web address: it begins with https:// or http:// and names a host"));
        if (!url.userInfo().isEmpty())
            return words(QT_TRANSLATE_NOOP("Form", "An address must not carry a user or password"));
        break;
    }
    case InputKind::Phone:
        if (!phone.match(text).hasMatch() || text.count(digit) < 5)
            return words(QT_TRANSLATE_NOOP("Form", "Not a phone number: digits, spaces, brackets and hyphens, with + in front where needed"));
        break;
    case InputKind::Any:
    case InputKind::Port:
    case InputKind::Count:
        break;
    }
    return {};
}

ParentTexts parentTexts(const Row &parent, const ResourceType &parentType)
{
    ParentTexts texts;
    for (size_t i = 0; i < parentType.columns.size() && i < parent.cells.size(); ++i) {
        if (const QString text = textOf(parent.cells[i]); !text.isEmpty())
            texts.insert(parentType.columns[i].field.id, text);
    }
    texts.insert(parentType.keyField, parent.key);
    return texts;
}

QString fillTemplate(const QString &text, const ResourceType *type, const Row &row, const ParentTexts &parent, bool quoted)
{
    QString filled = text;
    for (const QString &name : placeholders(text)) {
        QString value;
        if (name.startsWith("parent."_L1))
            value = parent.value(name.mid(7));
        else if (type && name == type->keyField)
            value = row.key;
        else if (const int at = type ? type->schema().indexOf(name) : -1; at >= 0 && static_cast<size_t>(at) < row.cells.size())
            value = textOf(row.cells[static_cast<size_t>(at)]);
        if (value.isEmpty())
            continue;
        if (quoted)
            value.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
        filled.replace(u'{' + name + u'}', value);
    }
    return filled;
}

} // namespace kboss
