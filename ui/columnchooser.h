#pragma once

#include "models/resourcetype.h"

#include <QFrame>

class QListWidget;

namespace kboss {

// Which columns are shown and in which order: a list to tick and to drag (Alt+Up, Alt+Down by keyboard). A child of the page, shown over it. GUI
// thread.
class ColumnChooser : public QFrame {
    Q_OBJECT
public:
    ColumnChooser(const ResourceType &type, QWidget *parent);

    void open(const QStringList &order, const QStringList &visible, const QPoint &topRight);

Q_SIGNALS:
    void chosen(const QStringList &visible, const QStringList &order);
    void resetAsked();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void tell();
    void moveCurrent(int by);

    const ResourceType &m_type;
    QListWidget *m_list;
    bool m_filling = false;
};

} // namespace kboss
