#pragma once

#include "models/installcell.h"

#include <QWidget>
#include <vector>

namespace kboss {

class Theme;

// Shapes with their words, and how many there are where somebody says so. GUI thread.
class InstallLegend : public QWidget {
    Q_OBJECT
public:
    InstallLegend(Theme *theme, std::vector<CellShape> shapes, QWidget *parent);
    void setCounts(std::vector<int> counts); // as the shapes
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString text(size_t at) const;
    Theme *m_theme;
    std::vector<CellShape> m_shapes;
    std::vector<int> m_counts;
};

} // namespace kboss
