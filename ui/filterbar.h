#pragma once

#include "ui/filterconditions.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QPushButton;

namespace kboss {

class FilterBuilder;
class FilterChip;
class Theme;

// The filter line: chips, "add condition", quick filters, the search field. What it shows and what it gives is one FilterConditions. GUI thread.
class FilterBar : public QWidget {
    Q_OBJECT
public:
    // `overlayHost` carries the builder, above everything in it.
    FilterBar(const ResourceType &type, QTimeZone zone, Theme *theme, QWidget *overlayHost, QWidget *parent);

    const FilterConditions &conditions() const { return m_conditions; }
    void setConditions(const FilterConditions &conditions); // does not emit
    void clear(); // all conditions and the search
    void openBuilder();
    void openText();
    void closeBuilder();
    FilterBuilder *builder() const { return m_builder; }
    QLineEdit *searchField() const { return m_search; }
    void addTrailing(QWidget *widget);
    void retranslate();

Q_SIGNALS:
    void conditionsChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void rebuild();
    void arrange();
    void changed();
    void placeBuilder(QWidget *anchor);
    void toggleQuick(const QuickFilter &quick, bool on);
    int indexOf(const FilterPtr &filter) const;
    FilterChip *makeChip(int index);

    const ResourceType &m_type;
    FilterWords m_words;
    Theme *m_theme;
    QWidget *m_host;
    FilterConditions m_conditions;
    FilterBuilder *m_builder;
    QList<FilterChip *> m_chips;
    QList<FilterChip *> m_quick;
    QPushButton *m_add;
    QWidget *m_trailing;
    QHBoxLayout *m_trailingLine;
    QLineEdit *m_search;
    QTimer m_typing;
};

} // namespace kboss
