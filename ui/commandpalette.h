#pragma once

#include "ui/command.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QListView;

namespace kboss {

class CommandModel;
class Theme;

// Ctrl+K: a field and what it finds, over the window. Up, Down, Page keys, Enter and Esc work from the field. GUI thread.
class CommandPalette : public QFrame {
    Q_OBJECT
public:
    CommandPalette(Theme *theme, QWidget *parent); // the parent is the window it lies over

    void open(const QList<Command> &commands);
    void closePalette();
    QStringList shownTitles() const;
    QLineEdit *field() const { return m_field; }
    void retranslate();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void filter(const QString &text);
    void runCurrent();
    bool moveBy(int key);
    void place();

    Theme *m_theme;
    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_none;
    CommandModel *m_model;
    QPointer<QWidget> m_focusBefore;
};

} // namespace kboss
