#include "ui/removalpreview.h"

#include "models/podwords.h"
#include "models/rowcells.h"
#include "ui/resourcefeed.h"
#include "ui/rowcollector.h"
#include "ui/rowsfeed.h"

#include <QTimer>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 5'000;
constexpr size_t mostExplained = 5;

// Of pod configurations: their pods, and the nodes whose parts come back.
class PodRemoval : public QObject {
    Q_OBJECT
public:
    PodRemoval(const ResourceFeed &feed, const std::vector<Row> &rows, QObject *context, std::function<void(const QStringList &)> done)
        : QObject(context), m_type(feed.type()), m_rows(rows), m_done(std::move(done)),
          m_nodes(new RowsFeed(*feed.context().resources->find(u"node-stock"_s), feed.context(), this)),
          m_pods(new RowsFeed(*feed.context().resources->find(u"cluster-pod"_s), feed.context(), this))
    {
        const RowCells cells(m_type, m_rows.front());
        m_cluster = cells.text("clusterid");
        for (RowsFeed *list : {m_nodes, m_pods})
            connect(list, &RowsFeed::changed, this, &PodRemoval::look);
        QTimer::singleShot(patienceMs, this, &PodRemoval::finish);
        m_nodes->follow({{u"cpcid"_s, cells.text("cpcid")}}, nullptr);
        m_pods->follow({{u"cpcid"_s, cells.text("cpcid")}, {u"clusterid"_s, m_cluster}}, nullptr);
        QMetaObject::invokeMethod(this, &PodRemoval::look, Qt::QueuedConnection);
    }

private:
    void look()
    {
        if (m_nodes->isRead() && m_pods->isRead())
            finish();
    }

    void finish()
    {
        if (!m_done)
            return;
        const auto done = std::exchange(m_done, nullptr);
        QStringList lines;
        const auto rooms = podRooms(m_nodes->type(), m_nodes->rows(), m_cluster);
        for (size_t i = 0; i < m_rows.size() && i < mostExplained; ++i) {
            if (m_rows.size() > 1)
                lines << rowName(m_type, m_rows[i]);
            lines += linesOf(m_rows[i], rooms);
        }
        if (m_rows.size() > mostExplained)
            lines << tr("and %1 more, each with its objects and stock").arg(m_rows.size() - mostExplained);
        if (!m_nodes->isRead() || !m_pods->isRead())
            lines << tr("Its pods or the stock of its nodes could not be read just now.");
        deleteLater();
        done(lines);
    }

    QStringList linesOf(const Row &row, const std::vector<NodeRoom> &rooms) const
    {
        QStringList pods, hosts;
        for (const Row &pod : m_pods->rows()) {
            const RowCells cells(m_pods->type(), pod);
            if (cells.text("pod_config") != row.key)
                continue;
            pods << cells.text("pod_name");
            hosts << cells.text("pod_node");
        }
        return cascadeLines(podCascade(m_type, row, rooms, pods, hosts));
    }

    const ResourceType &m_type;
    std::vector<Row> m_rows;
    std::function<void(const QStringList &)> m_done;
    RowsFeed *m_nodes, *m_pods;
    QString m_cluster;
};

} // namespace

bool removalReachesFurther(const ResourceType &type)
{
    return type.id == u"pod-config"_s;
}

void explainRemoval(const ResourceFeed &feed, const std::vector<Row> &rows, QObject *context, std::function<void(const QStringList &lines)> done)
{
    new PodRemoval(feed, rows, context, std::move(done)); // goes when it is done
}

} // namespace kboss

#include "removalpreview.moc"
