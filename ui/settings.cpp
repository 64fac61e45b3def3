#include "ui/settings.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {
constexpr int saveDelayMs = 500;
}

Settings::Settings(QString file, QObject *parent) : QObject(parent), m_file(std::move(file))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(saveDelayMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (const auto done = flush(); !done)
            Q_EMIT failed(done.error());
    });
}

Settings::~Settings()
{
    (void)flush();
}

Result<void> Settings::load()
{
    m_values = {};
    QFile file(m_file);
    if (m_file.isEmpty() || !file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Storage, m_file + u": "_s + file.errorString());
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    file.close();
    if (document.isObject()) {
        m_values = document.object();
        return {};
    }
    const QString aside = m_file + u".damaged-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMddHHmmss"_s);
    QFile::rename(m_file, aside);
    return fail(ErrorKind::Storage, u"%1: %2 (offset %3) → %4"_s.arg(m_file, error.errorString()).arg(error.offset).arg(aside));
}

QJsonValue Settings::value(const QString &key, const QJsonValue &fallback) const
{
    const auto found = m_values.constFind(key);
    return found == m_values.constEnd() ? fallback : *found;
}

void Settings::setValue(const QString &key, const QJsonValue &value)
{
    if (m_values.contains(key) && m_values.value(key) == value)
        return;
    m_values.insert(key, value);
    m_dirty = true;
    m_timer.start();
    Q_EMIT changed(key);
}

void Settings::remove(const QString &key)
{
    if (!m_values.contains(key))
        return;
    m_values.remove(key);
    m_dirty = true;
    m_timer.start();
    Q_EMIT changed(key);
}

Result<void> Settings::flush()
{
    m_timer.stop();
    if (!m_dirty || m_file.isEmpty())
        return {};
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile file(m_file);
    const QByteArray text = QJsonDocument(m_values).toJson(QJsonDocument::Indented);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) || file.write(text) != text.size()
        || !file.commit())
        return fail(ErrorKind::Storage, m_file + u": "_s + file.errorString());
    m_dirty = false;
    return {};
}

} // namespace kboss
