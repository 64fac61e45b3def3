#pragma once

#include "ui/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>

class QFrame;

namespace kboss {

// Small parts with the theme's looks. The style sheet knows buttons by their dynamic property "kind": "primary", "plain", "danger" (text in bad),
// "link", "icon" (tool buttons without a frame), "chip"; labels by "role": "title", "hint", "strong", "error", "value", "mono"; fields by "fault": true.
QPushButton *makeButton(const QString &text, const char *kind, QWidget *parent);
QToolButton *makeIconButton(const Theme &theme, const QString &icon, const QString &tip, QWidget *parent);
QLabel *makeLabel(const QString &text, const char *role, QWidget *parent); // plain text, always
QFrame *makeLine(QWidget *parent);                                        // 1 px
void setKind(QWidget *widget, const char *kind);
void setRole(QWidget *widget, const char *role);
void restyle(QWidget *widget); // after a dynamic property changed

} // namespace kboss
