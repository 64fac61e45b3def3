#pragma once

#include "ui/resourcefeed.h"

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace kboss {

// What a list is asked for beside its masters, as the view names it (a term: so many, of which unit): numbers and lists as the contract has them. A choice is
// asked of the service at once; what was asked before is there at once, also offline. GUI thread.
class AskBar : public QWidget {
    Q_OBJECT
public:
    AskBar(ResourceFeed *feed, QWidget *parent);

    static bool isNeeded(const ResourceType &type) { return !type.asked.isEmpty(); }
    QHash<QString, QString> values() const;
    void setValues(const QHash<QString, QString> &values); // unknown names and values are left out
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    struct Ask {
        QString name;
        QSpinBox *number = nullptr; // one of the two
        QComboBox *list = nullptr;
    };
    void build();
    void apply();
    const OperationParameter *parameter(const QString &name) const;

    ResourceFeed *m_feed;
    std::vector<Ask> m_asks;
    QTimer m_later;
};

} // namespace kboss
