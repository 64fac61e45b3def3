#pragma once

#include <QTabBar>

namespace kboss {

// A tab bar whose tabs can be dragged out: a drop well below or above the bar is a wish to tear off.
class DocumentTabs : public QTabBar {
    Q_OBJECT
public:
    static constexpr int s_mostCharacters = 36; // of a title that a tab shows whole, in average ones

    explicit DocumentTabs(QWidget *parent = nullptr);

Q_SIGNALS:
    void draggedOut(int index, const QPoint &globalPosition);

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); } // where there are many they are scrolled, not cut to nothing
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    bool m_pressed = false;
};

} // namespace kboss
