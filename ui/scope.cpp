#include "ui/scope.h"

#include "ui/pageaddress.h"
#include "ui/settings.h"

namespace kboss {

using namespace Qt::StringLiterals;

QString Scope::settingsKey(qsizetype level, const QStringList &above) const
{
    const QString base = u"scope/"_s + m_profile + u'/' + m_masters[static_cast<size_t>(level)]->id;
    return level == 0 ? base : PageAddress{base, above.mid(0, level)}.id();
}

QStringList Scope::keys() const
{
    QStringList keys;
    for (qsizetype level = 0; level < static_cast<qsizetype>(m_masters.size()); ++level) {
        const QString key = m_settings->value(settingsKey(level, keys)).toString();
        if (key.isEmpty())
            break;
        keys << key;
    }
    return keys;
}

void Scope::choose(qsizetype level, const QString &key)
{
    const QStringList above = keys().mid(0, level);
    if (above.size() < level || level >= static_cast<qsizetype>(m_masters.size()))
        return;
    const QString name = settingsKey(level, above);
    if (key.isEmpty())
        m_settings->remove(name);
    else
        m_settings->setValue(name, key);
}

void Scope::choose(const QStringList &keys)
{
    for (qsizetype level = 0; level < keys.size(); ++level)
        choose(level, keys.at(level));
}

bool Scope::isAbout(const QString &settingsKey) const
{
    return settingsKey.startsWith(u"scope/"_s + m_profile + u'/');
}

} // namespace kboss
