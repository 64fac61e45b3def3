#pragma once

#include "ui/datatable.h"

#include <QJsonObject>
#include <QSet>

namespace kboss {

class Settings;

// Keeps a table's columns (order, width, visibility) and sort in the settings. GUI thread; owned by the view.
class TableLayout : public QObject {
    Q_OBJECT
public:
    TableLayout(DataTable *table, Settings *settings, QObject *parent);

    void restore(); // what was remembered, else the resource's own
    void reset(); // the resource's own
    void setColumns(const QStringList &visible, const QStringList &order);
    QStringList order() const; // all columns as they stand
    QJsonObject toJson() const;
    void fromJson(const QJsonObject &json);
    void remember();

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; // the table's viewport: its width

private:
    QString key() const;
    void fillWidth(); // the first column takes what the others leave, until the user sizes it
    int ownWidth(int logical) const;

    DataTable *m_table;
    Settings *m_settings;
    QTimer m_later;
    QSet<int> m_sized; // by the user
    bool m_quiet = false;
};

} // namespace kboss
