#pragma once

#include "models/stocklist.h"

#include <QWidget>

namespace kboss {

class Theme;

// Places (clusters) with a thin bar of what is used, the figures and the mark of what is low; a line of all of them under it. Painted in one go, read aloud
// line by line through the accessible description. GUI thread.
class StockBars : public QWidget {
    Q_OBJECT
public:
    StockBars(Theme *theme, QWidget *parent);
    void setPlaces(std::vector<StockPlace> places, const StockPlace &sum);
    const std::vector<StockPlace> &places() const { return m_places; }
    const StockPlace &sum() const { return m_sum; }
    QString text() const; // line by line, as it is read
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    int lineHeight() const;
    const StockPlace *at(int y) const;
    void paintPlace(QPainter *painter, const QRect &line, const StockPlace &place, int nameWidth, bool sum) const;

    Theme *m_theme;
    std::vector<StockPlace> m_places;
    StockPlace m_sum;
};

} // namespace kboss
