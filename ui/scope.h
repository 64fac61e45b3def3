#pragma once

#include "models/resourcetype.h"

namespace kboss {

class Settings;

// Which masters the scoped pages of one profile show, topmost first. Kept in the settings and shared through them by every scoped page: a cluster is
// remembered per center. GUI thread.
class Scope {
public:
    Scope(std::vector<const ResourceType *> masters, QString profile, Settings *settings)
        : m_masters(std::move(masters)), m_profile(std::move(profile)), m_settings(settings)
    {
    }

    const std::vector<const ResourceType *> &masters() const { return m_masters; }
    QStringList keys() const; // as far as they are chosen
    void choose(qsizetype level, const QString &key); // an empty key = none; levels below keep what was chosen under this key
    void choose(const QStringList &keys); // from the top
    bool isAbout(const QString &settingsKey) const;

private:
    QString settingsKey(qsizetype level, const QStringList &above) const;

    std::vector<const ResourceType *> m_masters;
    QString m_profile;
    Settings *m_settings;
};

} // namespace kboss
