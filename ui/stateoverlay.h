#pragma once

#include "ui/page.h"

#include <functional>

class QLabel;
class QPushButton;

namespace kboss {

// Says over an empty table why it is empty and what to do. A child of the table, of its size; lets nothing through while shown. GUI thread.
class StateOverlay : public QWidget {
    Q_OBJECT
public:
    explicit StateOverlay(QWidget *table);

    void say(const QString &heading, const QString &text, const QString &buttonText = {}, std::function<void()> button = {});
    void clear();
    void moveTo(QWidget *table); // over another one from now on
    QString heading() const;

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QLabel *m_heading;
    QLabel *m_text;
    QPushButton *m_button;
    std::function<void()> m_action;
};

} // namespace kboss
