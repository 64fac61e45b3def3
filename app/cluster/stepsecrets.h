#pragma once

#include <QByteArray>
#include <QMap>
#include <QSet>
#include <QString>
#include <mutex>

namespace kboss {

// What steps have learnt that nobody else may see, in memory only, and a mask for everything that is shown or written. Any thread.
class StepSecrets {
public:
    ~StepSecrets(); // overwrites

    QByteArray get(const QString &name) const; // empty = not known
    void set(const QString &name, const QByteArray &value); // masked from now on
    void hide(const QByteArray &value); // masked, not kept
    // The same text with ****** in the place of each secret. Of one that has several lines (a kubeconfig, a key) each long word is masked, and what looks like a
    // token of kubeadm.
    QString masked(const QString &text) const;

private:
    void addWords(const QByteArray &value);

    mutable std::mutex m_mutex;
    QMap<QString, QByteArray> m_values;
    QSet<QString> m_words;
};

} // namespace kboss
