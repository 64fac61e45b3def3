#pragma once

#include "models/quoteparts.h"

#include <QAbstractItemModel>
#include <QSet>

namespace kboss {

// The parts of a center by type, to pick from: model and price, what each cluster has left, the amount taken. The amount is the one thing that can be
// edited. GUI thread.
class PartTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        OfferRole = Qt::UserRole + 1, // const PartOffer* as void pointer, valid until the next change; null for a group
        AmountRole, // qint64, 0 = not picked; settable
        FaultRole, // bool: the amount does not fit
        LeftRole, // qint64 left in the column's cluster; invalid where it is not on sale
        ShareRole, // 0…1 of the cluster's stock that is left
    };
    struct Cluster {
        QString id, name;
        friend bool operator==(const Cluster &, const Cluster &) = default;
    };
    using Key = std::pair<QString, QString>; // type, model

    using QAbstractItemModel::QAbstractItemModel;

    void setOffers(const std::vector<PartOffer> &offers); // in order; the same parts again move nothing
    void setClusters(const std::vector<Cluster> &clusters, const QString &chosen); // one column each
    void setFilter(const QString &text); // in model or type, or their pinyin initials; picked parts stay
    void setAmounts(const std::vector<QuotePart> &parts);
    void setFaults(const QSet<Key> &faults);
    void retranslate();

    int firstCluster() const { return 1; }
    int amountColumn() const { return static_cast<int>(m_clusters.size()) + 1; }
    int chosenColumn() const; // -1 = none
    const std::vector<Cluster> &clusters() const { return m_clusters; }
    int partCount() const; // shown
    QModelIndex indexOf(const QString &type, const QString &model, int column) const;
    qint64 amount(const QString &type, const QString &model) const { return m_amounts.value({type, model}); }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void amountEdited(const QString &type, const QString &model, qint64 amount);

private:
    struct Group {
        QString type;
        std::vector<size_t> offers; // positions in m_offers
    };
    std::vector<Group> grouped() const;
    void regroup();
    const PartOffer *offerAt(const QModelIndex &index) const;
    QVariant offerData(const PartOffer &offer, int column, int role) const;
    QVariant leftText(const PartOffer &offer, int column) const;
    void touchAll();

    std::vector<PartOffer> m_offers;
    std::vector<Cluster> m_clusters;
    std::vector<Group> m_groups;
    QString m_chosen, m_filter;
    QHash<Key, qint64> m_amounts;
    QSet<Key> m_faults;
};

} // namespace kboss
