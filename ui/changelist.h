#pragma once

#include <QWidget>

namespace kboss {

class Theme;

// Field, before, after: one line each, both values readable downwards. Painted; what is too long is elided and told in full on hover. GUI thread.
class ChangeList : public QWidget {
    Q_OBJECT
public:
    struct Entry {
        QString field, before, after;
        bool figures = false; // right-aligned
    };
    ChangeList(Theme *theme, QWidget *parent);

    void setEntries(std::vector<Entry> entries);
    const std::vector<Entry> &entries() const { return m_entries; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    Theme *m_theme;
    std::vector<Entry> m_entries;
};

} // namespace kboss
