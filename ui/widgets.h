#pragma once

#include "models/resourcetype.h"
#include "ui/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace kboss {

// Small helpers that give widgets the properties the style sheet knows. Texts are plain text, always.
QLabel *makeLabel(const QString &text, const char *role, QWidget *parent);
QPushButton *makeButton(const QString &text, const char *kind, QWidget *parent); // kind: "" | "primary" | "danger" | "quiet" | "link"
QToolButton *makeIconButton(Theme *theme, const QString &icon, const QString &tip, QWidget *parent); // follows the theme
QFrame *makeLine(QWidget *parent); // 1 px, horizontal
QString plainToolTip(const QString &text); // what a tool tip needs to show this text as it is, whatever it looks like
void setRole(QWidget *widget, const char *property, const QVariant &value); // sets and re-polishes

// Shape, word and pale ground. Follows the theme; hidden while its text is empty.
class Chip : public QWidget {
    Q_OBJECT
public:
    explicit Chip(Theme *theme, QWidget *parent = nullptr);
    void setChip(Tone tone, const QString &text);
    QString text() const { return m_text; }
    Tone tone() const { return m_tone; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme *m_theme;
    Tone m_tone = Tone::None;
    QString m_text;
};

} // namespace kboss
