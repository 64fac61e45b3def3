#pragma once

#include <QLabel>

namespace kboss {

// A label for a name from somewhere: one line, as wide as there is room, elided in the middle with the whole of it as tool tip. Plain text.
class NameLabel : public QLabel {
    Q_OBJECT
public:
    NameLabel(const char *role, QWidget *parent);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString shown() const;
};

} // namespace kboss
