#pragma once

#include <QStringList>
#include <QWidget>

namespace kboss {

class Theme;

// Parts a configuration takes: part, needed, free, missing; one line each, amounts readable downwards, what is missing in bad with its shape. Painted; told
// in full to screen readers and on hover. GUI thread.
class StockList : public QWidget {
    Q_OBJECT
public:
    struct Entry {
        QString part, needed, free, missing; // missing empty = enough
    };
    StockList(Theme *theme, QWidget *parent);

    void setEntries(std::vector<Entry> entries);
    const std::vector<Entry> &entries() const { return m_entries; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString wordsOf(const Entry &entry) const;

    Theme *m_theme;
    std::vector<Entry> m_entries;
};

} // namespace kboss
