#pragma once

#include "ui/theme.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace kboss {

// The title line of the console's own pages: what this is, a note beside it, buttons at the right.
class PageHead : public QWidget {
    Q_OBJECT
public:
    explicit PageHead(Theme *theme, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setNote(const QString &note);
    void addButton(QWidget *button);

private:
    QLabel *m_title, *m_note;
    QHBoxLayout *m_layout;
};

} // namespace kboss
