#pragma once

#include "ui/theme.h"

#include <QAbstractButton>

namespace kboss {

// Looks like a field, opens the command palette: magnifier, hint, key.
class SearchButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit SearchButton(Theme *theme, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    void retranslate();

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    Theme *m_theme;
};

} // namespace kboss
