#pragma once

#include "models/resourcetype.h"

#include <QWidget>

namespace kboss {

class Theme;

// One figure of a dashboard: how much of it is asked for and really used, as a number and a bar. GUI thread.
class UsageTile : public QWidget {
    Q_OBJECT
public:
    struct Part {
        QString text; // "in use 412"
        qint64 perMille = 0; // of the bar
        QString colour; // token of the theme
    };
    struct Figures {
        QString title, note; // "CPU", "68.3 % asked for"
        QString amount, total; // "612", "/ 896 cores"
        std::vector<Part> parts; // drawn one over the other, the widest first
        QString left; // "284 left", at the right below the bar
    };

    explicit UsageTile(Theme *theme, QWidget *parent = nullptr);
    void setFigures(Figures figures);
    const Figures &figures() const { return m_figures; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintLegend(QPainter &painter, const QRect &line);

    Theme *m_theme;
    Figures m_figures;
};

} // namespace kboss
