#include "models/clusterchanges.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *watched[] = {"node_status", "node_trouble", "node_labels"};

QString words(const char *text)
{
    return QCoreApplication::translate("ClusterChanges", text);
}

QString textOf(const ResourceType &type, const Row &row, const char *field)
{
    for (size_t i = 0; i < type.columns.size() && i < row.cells.size(); ++i) {
        if (type.columns[i].field.id == QLatin1String(field)) {
            const auto *text = std::get_if<QString>(&row.cells[i]);
            return text ? *text : QString();
        }
    }
    return {};
}

QJsonObject stateOf(const ResourceType &type, const Row &row)
{
    QJsonObject state;
    for (const char *field : watched)
        state[QLatin1String(field)] = textOf(type, row, field);
    return state;
}

QString arrow(const QString &before, const QString &after)
{
    const QString none = words(QT_TRANSLATE_NOOP("ClusterChanges", "none"));
    return u"%1 → %2"_s.arg(before.isEmpty() ? none : before, after.isEmpty() ? none : after);
}

// As the view words it: "已就绪" is "Ready" to a reader of English.
QString statusWord(const ResourceType &type, const QString &status)
{
    for (const auto &column : type.columns) {
        if (column.field.id != "node_status"_L1)
            continue;
        for (const auto &value : column.values) {
            if (value.value == status)
                return value.label.text();
        }
    }
    return status;
}

} // namespace

void ClusterChanges::note(qint64 nowMs, Tone tone, const QString &node, const QString &title, const QString &text)
{
    m_changes.insert(m_changes.begin(), {nowMs, tone, node, title, text});
    if (m_changes.size() > most)
        m_changes.resize(most);
}

void ClusterChanges::compare(const QString &node, const QJsonObject &before, const QJsonObject &after, const ResourceType &type, qint64 nowMs)
{
    const auto differs = [&](const char *field) { return before[QLatin1String(field)] != after[QLatin1String(field)]; };
    const auto text = [](const QJsonObject &state, const char *field) { return state[QLatin1String(field)].toString(); };
    if (differs("node_status")) {
        const QString status = text(after, "node_status");
        const bool ready = status == u"已就绪"_s, lost = status == u"未就绪"_s;
        note(nowMs,
             ready      ? Tone::Good
                 : lost ? Tone::Bad
                        : Tone::Off,
             node,
             ready      ? words(QT_TRANSLATE_NOOP("ClusterChanges", "Node ready"))
                 : lost ? words(QT_TRANSLATE_NOOP("ClusterChanges", "Node not ready"))
                        : words(QT_TRANSLATE_NOOP("ClusterChanges", "Node cordoned")),
             arrow(statusWord(type, text(before, "node_status")), statusWord(type, status)));
    } else if (differs("node_trouble")) {
        const bool over = text(after, "node_trouble").isEmpty();
        note(nowMs, over ? Tone::Good : Tone::Warn, node,
             over ? words(QT_TRANSLATE_NOOP("ClusterChanges", "Trouble over")) : words(QT_TRANSLATE_NOOP("ClusterChanges", "Node in trouble")),
             arrow(text(before, "node_trouble"), text(after, "node_trouble")));
    }
    if (differs("node_labels"))
        note(nowMs, Tone::Info, node, words(QT_TRANSLATE_NOOP("ClusterChanges", "Labels changed")),
             arrow(text(before, "node_labels"), text(after, "node_labels")));
}

bool ClusterChanges::take(const ResourceType &type, const std::vector<Row> &rows, qint64 nowMs)
{
    QHash<QString, QJsonObject> now;
    for (const Row &row : rows)
        now.insert(row.key, stateOf(type, row));
    if (now.isEmpty() || now == m_known)
        return false;
    if (m_learned) {
        for (auto node = now.cbegin(); node != now.cend(); ++node) {
            const auto before = m_known.constFind(node.key());
            if (before == m_known.cend())
                note(nowMs, Tone::Good, node.key(), words(QT_TRANSLATE_NOOP("ClusterChanges", "Node joined")), {});
            else
                compare(node.key(), *before, node.value(), type, nowMs);
        }
        for (auto node = m_known.cbegin(); node != m_known.cend(); ++node) {
            if (!now.contains(node.key()))
                note(nowMs, Tone::Off, node.key(), words(QT_TRANSLATE_NOOP("ClusterChanges", "Node left")), {});
        }
    }
    m_known = std::move(now);
    m_learned = true;
    return true;
}

QJsonObject ClusterChanges::save() const
{
    QJsonObject known;
    for (auto node = m_known.cbegin(); node != m_known.cend(); ++node)
        known[node.key()] = node.value();
    QJsonArray changes;
    for (const ClusterChange &change : m_changes) {
        changes << QJsonObject{{u"ms"_s, change.ms},
                               {u"tone"_s, static_cast<int>(change.tone)},
                               {u"node"_s, change.node},
                               {u"title"_s, change.title},
                               {u"text"_s, change.text}};
    }
    return {{u"known"_s, known}, {u"changes"_s, changes}};
}

void ClusterChanges::restore(const QJsonObject &stored)
{
    *this = {};
    const QJsonObject known = stored[u"known"_s].toObject();
    for (auto node = known.begin(); node != known.end(); ++node)
        m_known.insert(node.key(), node.value().toObject());
    m_learned = !m_known.isEmpty();
    for (const QJsonValue &value : stored[u"changes"_s].toArray()) {
        const int tone = value[u"tone"_s].toInt();
        if (m_changes.size() < most && tone >= 0 && tone <= static_cast<int>(Tone::Off))
            m_changes.push_back({value[u"ms"_s].toInteger(), static_cast<Tone>(tone), value[u"node"_s].toString(), value[u"title"_s].toString(),
                                 value[u"text"_s].toString()});
    }
}

} // namespace kboss
