#pragma once

#include "models/writeplanner.h"

#include <QFrame>
#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace kboss {

class DataTable;
class WriteController;

// One field of one row changed in its cell: the line over the cell, and under it what it was and will be, why it cannot be, and the button. The same
// write as the panel's: planned, read again and compared, journalled, undone. Follows the row while it scrolls or moves. GUI thread; owned by the view.
class InlineEdit : public QFrame {
    Q_OBJECT
public:
    InlineEdit(WriteController *writer, DataTable *table);

    // The action a column is changed by in its cell; null where it is not, or not now (read-only, offline, the row does not allow it).
    const Action *actionFor(int column, const Row &row) const;
    void open(const Action &action, int column, const Row &row); // asks first where something typed would be lost
    bool isOpen() const { return m_action != nullptr; }
    bool hasUnsaved() const;
    void save();
    void leave(); // without asking
    QLineEdit *line() const { return m_line; }
    QString changeText() const; // "0.18 → 0.2"
    QString faultText() const;

Q_SIGNALS:
    void left();
    void saved(const QString &key);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void start(const Action &action, int column, const Row &row);
    void askLeave(std::function<void()> then);
    void onTyped();
    void onSaved(const Result<ActionOutcome> &outcome);
    void say(const QString &fault);
    void place();
    int rowOnScreen() const;
    QString shown(const QString &typed) const;

    WriteController *m_writer;
    DataTable *m_table;
    const Action *m_action = nullptr;
    FormField m_field;
    Row m_row; // as it was seen
    int m_column = -1;
    QString m_before;
    bool m_busy = false;
    QLineEdit *m_line; // over the cell
    QLabel *m_name;
    QLabel *m_change;
    QLabel *m_fault;
    QPushButton *m_save;
    QLabel *m_keys;
};

} // namespace kboss
