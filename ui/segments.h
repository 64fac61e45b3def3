#pragma once

#include <QWidget>

class QButtonGroup;

namespace kboss {

// One of a few looks at the same thing, side by side; one is always chosen. GUI thread.
class Segments : public QWidget {
    Q_OBJECT
public:
    explicit Segments(QWidget *parent = nullptr);

    void setChoices(const QStringList &ids, const QStringList &texts); // the same ids again: only new texts
    QString choice() const;
    void choose(const QString &id); // silent

Q_SIGNALS:
    void chosen(const QString &id); // by a person

private:
    QButtonGroup *m_group;
    QStringList m_ids;
};

} // namespace kboss
