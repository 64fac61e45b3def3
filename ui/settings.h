#pragma once

#include "app/base/result.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

namespace kboss {

// What a person arranged: settings.json in the data folder, 0600, written atomically half a second after the last change and at the end.
// Never a secret. Keys are paths ("table/billing-account/columns"). A file that cannot be read is set aside and said. GUI thread.
class Settings : public QObject {
    Q_OBJECT
public:
    explicit Settings(QString file, QObject *parent = nullptr); // empty = memory only
    ~Settings() override;

    Result<void> load();
    QJsonValue value(const QString &key, const QJsonValue &fallback = {}) const;
    void setValue(const QString &key, const QJsonValue &value);
    void remove(const QString &key);
    Result<void> flush();

Q_SIGNALS:
    void changed(const QString &key);
    void failed(const kboss::Error &error);

private:
    QString m_file;
    QJsonObject m_values;
    QTimer m_timer;
    bool m_dirty = false;
};

} // namespace kboss
