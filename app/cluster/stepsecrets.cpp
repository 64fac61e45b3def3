#include "app/cluster/stepsecrets.h"

#include <QRegularExpression>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype shortest = 4; // of a secret of one line: less would mask half of every text
constexpr qsizetype longWord = 40; // keys, certificates, signed tokens

bool isToken(const QString &word)
{
    static const QRegularExpression token(u"^[a-z0-9]{6}\\.[a-z0-9]{16}$"_s);
    return token.match(word).hasMatch();
}

} // namespace

StepSecrets::~StepSecrets()
{
    for (QByteArray &value : m_values)
        value.fill('\0');
}

QByteArray StepSecrets::get(const QString &name) const
{
    const std::lock_guard lock(m_mutex);
    return m_values.value(name);
}

void StepSecrets::set(const QString &name, const QByteArray &value)
{
    const std::lock_guard lock(m_mutex);
    m_values[name] = value;
    addWords(value);
}

void StepSecrets::hide(const QByteArray &value)
{
    const std::lock_guard lock(m_mutex);
    addWords(value);
}

void StepSecrets::addWords(const QByteArray &value)
{
    const QString text = QString::fromUtf8(value).trimmed();
    if (!text.contains(u'\n')) {
        if (text.size() >= shortest)
            m_words.insert(text);
        return;
    }
    static const QRegularExpression between(u"[\\s\"',]+"_s);
    for (const QString &word : text.split(between, Qt::SkipEmptyParts)) {
        if (isToken(word) || (word.size() >= longWord && !word.startsWith(u"http"_s) && !word.startsWith(u'/')))
            m_words.insert(word);
    }
}

QString StepSecrets::masked(const QString &text) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<QString> found;
    for (const QString &word : m_words) {
        if (text.contains(word))
            found.push_back(word);
    }
    // The longest first: one may be a part of another.
    std::sort(found.begin(), found.end(), [](const QString &a, const QString &b) { return a.size() > b.size(); });
    QString result = text;
    for (const QString &word : found)
        result.replace(word, u"******"_s);
    return result;
}

} // namespace kboss
