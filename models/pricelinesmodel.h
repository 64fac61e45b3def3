#pragma once

#include "models/quoteview.h"

#include <QAbstractListModel>

namespace kboss {

// The price of a quote line by line, as a list: each line two text rows high; under one that does not fit why, and what would. GUI thread.
class PriceLinesModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum class Kind { Line, Reason, WayHead, Way };
    struct Item {
        Kind kind = Kind::Line;
        int line = 0; // position in the view's lines
        int way = -1; // position in the line's ways
        friend bool operator==(const Item &, const Item &) = default;
    };
    enum Role { KindRole = Qt::UserRole + 1, LineRole, WayRole }; // int

    using QAbstractListModel::QAbstractListModel;

    void setView(const QuoteView &view);
    const QuoteView &view() const { return m_view; }
    Item item(const QModelIndex &index) const;
    const QuoteLineView *line(const QModelIndex &index) const;
    const WayView *way(const QModelIndex &index) const; // null unless Kind::Way

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    QString spoken(const Item &item) const;

    QuoteView m_view;
    std::vector<Item> m_items;
};

} // namespace kboss
