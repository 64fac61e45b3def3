#include "models/clusterchanges.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QMap>
#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

using Of = ClusterChange::Of;

constexpr const char *kinds[] = {"cluster", "node", "pod"};
constexpr qint64 manyRestarts = 10;

QString words(const char *text)
{
    return QCoreApplication::translate("ClusterChanges", text);
}

// One changed row against its view, and what is to be said of it.
class Comparison {
public:
    Comparison(Of of, const ResourceType &type, const RowChange &change, qint64 nowMs, std::vector<ClusterChange> &told)
        : m_of(of), m_type(type), m_change(change), m_ms(change.atMs > 0 ? change.atMs : nowMs), m_told(told)
    {
    }

    void run()
    {
        const bool added = m_change.kind == RowChange::Kind::Added, removed = m_change.kind == RowChange::Kind::Removed;
        switch (m_of) {
        case Of::Cluster:
            if (!added && !removed)
                cluster();
            return;
        case Of::Node:
            if (added)
                return note(Tone::Good, QT_TRANSLATE_NOOP("ClusterChanges", "Node joined"), {});
            if (removed)
                return note(Tone::Off, QT_TRANSLATE_NOOP("ClusterChanges", "Node left"), {});
            return node();
        case Of::Pod:
            if (added)
                return note(Tone::Info, QT_TRANSLATE_NOOP("ClusterChanges", "Pod appeared"), after("pod_node"));
            if (removed)
                return note(Tone::Off, QT_TRANSLATE_NOOP("ClusterChanges", "Pod gone"), before("pod_node"));
            return pod();
        }
    }

private:
    const Value *cell(const std::optional<Row> &row, const char *field) const
    {
        for (size_t i = 0; row && i < m_type.columns.size() && i < row->cells.size(); ++i) {
            if (m_type.columns[i].field.id == QLatin1String(field))
                return &row->cells[i];
        }
        return nullptr;
    }
    QString text(const std::optional<Row> &row, const char *field) const
    {
        const Value *value = cell(row, field);
        if (const auto *day = value ? std::get_if<QDate>(value) : nullptr)
            return day->toString(Qt::ISODate);
        const auto *found = value ? std::get_if<QString>(value) : nullptr;
        return found ? *found : QString();
    }
    qint64 number(const std::optional<Row> &row, const char *field) const
    {
        const Value *value = cell(row, field);
        const auto *found = value ? std::get_if<qint64>(value) : nullptr;
        return found ? *found : 0;
    }
    QString before(const char *field) const { return text(m_change.before, field); }
    QString after(const char *field) const { return text(m_change.after, field); }
    bool differs(const char *field) const { return before(field) != after(field); }

    // As the view words it: "已就绪" is "Ready" to a reader of English.
    const EnumLabel *labelOf(const char *field, const QString &value) const
    {
        const ColumnSpec *column = m_type.column(QLatin1String(field));
        if (!column)
            return nullptr;
        const auto found = std::find_if(column->values.begin(), column->values.end(), [&](const EnumLabel &label) { return label.value == value; });
        return found == column->values.end() ? nullptr : &*found;
    }
    QString arrow(const char *field) const
    {
        const auto worded = [&](const QString &value) {
            if (value.isEmpty())
                return words(QT_TRANSLATE_NOOP("ClusterChanges", "none"));
            const EnumLabel *label = labelOf(field, value);
            return label ? label->label.text() : value;
        };
        return u"%1 → %2"_s.arg(worded(before(field)), worded(after(field)));
    }
    void note(Tone tone, const char *title, const QString &text)
    {
        const std::optional<Row> &row = m_change.after ? m_change.after : m_change.before;
        const QString name = this->text(row, m_type.nameField.toLatin1().constData());
        m_told.push_back({m_ms, tone, m_of, m_change.key, name.isEmpty() ? m_change.key : name, words(title), text});
    }

    void cluster();
    void node();
    void pod();

    Of m_of;
    const ResourceType &m_type;
    const RowChange &m_change;
    qint64 m_ms;
    std::vector<ClusterChange> &m_told;
};

void Comparison::cluster()
{
    if (differs("ready")) {
        const bool ready = after("ready") == "1"_L1;
        note(ready ? Tone::Good : Tone::Warn,
             ready ? QT_TRANSLATE_NOOP("ClusterChanges", "Cluster ready") : QT_TRANSLATE_NOOP("ClusterChanges", "Cluster not ready"), arrow("ready"));
    }
    if (differs("version"))
        note(Tone::Info, QT_TRANSLATE_NOOP("ClusterChanges", "Version changed"), arrow("version"));
    if (differs("certificate_date")) {
        const bool later = before("certificate_date") < after("certificate_date");
        note(later ? Tone::Good : Tone::Warn,
             later ? QT_TRANSLATE_NOOP("ClusterChanges", "Certificates renewed") : QT_TRANSLATE_NOOP("ClusterChanges", "Certificates end earlier"),
             arrow("certificate_date"));
    }
    if (differs("export_date"))
        note(Tone::Info, QT_TRANSLATE_NOOP("ClusterChanges", "End of service changed"), arrow("export_date"));
    if (differs("name"))
        note(Tone::Info, QT_TRANSLATE_NOOP("ClusterChanges", "Cluster renamed"), arrow("name"));
}

void Comparison::node()
{
    if (differs("node_status")) {
        const QString status = after("node_status");
        const bool ready = status == u"已就绪"_s, lost = status == u"未就绪"_s;
        note(ready      ? Tone::Good
                 : lost ? Tone::Bad
                        : Tone::Off,
             ready      ? QT_TRANSLATE_NOOP("ClusterChanges", "Node ready")
                 : lost ? QT_TRANSLATE_NOOP("ClusterChanges", "Node not ready")
                        : QT_TRANSLATE_NOOP("ClusterChanges", "Node cordoned"),
             arrow("node_status"));
    } else if (differs("node_trouble")) {
        const bool over = after("node_trouble").isEmpty();
        note(over ? Tone::Good : Tone::Warn,
             over ? QT_TRANSLATE_NOOP("ClusterChanges", "Trouble over") : QT_TRANSLATE_NOOP("ClusterChanges", "Node in trouble"),
             arrow("node_trouble"));
    }
    if (differs("node_labels"))
        note(Tone::Info, QT_TRANSLATE_NOOP("ClusterChanges", "Labels changed"), arrow("node_labels"));
}

void Comparison::pod()
{
    if (differs("pod_running")) {
        const EnumLabel *label = labelOf("pod_running", after("pod_running"));
        const Tone tone = label ? label->tone : Tone::Warn;
        note(tone,
             tone == Tone::Bad        ? QT_TRANSLATE_NOOP("ClusterChanges", "Pod in trouble")
                 : tone == Tone::Good ? QT_TRANSLATE_NOOP("ClusterChanges", "Pod running")
                                      : QT_TRANSLATE_NOOP("ClusterChanges", "Pod state changed"),
             arrow("pod_running"));
    }
    const qint64 restartsBefore = number(m_change.before, "pod_restart"), restarts = number(m_change.after, "pod_restart");
    if (restarts > restartsBefore)
        note(restarts >= manyRestarts ? Tone::Bad : Tone::Warn, QT_TRANSLATE_NOOP("ClusterChanges", "Pod restarted"),
             u"%1 → %2"_s.arg(restartsBefore).arg(restarts));
    if (differs("pod_node"))
        note(Tone::Info,
             before("pod_node").isEmpty() ? QT_TRANSLATE_NOOP("ClusterChanges", "Pod placed") : QT_TRANSLATE_NOOP("ClusterChanges", "Pod moved"),
             arrow("pod_node"));
}

// What happens to very many at once is one line with their number.
std::vector<ClusterChange> folded(std::vector<ClusterChange> told, bool more)
{
    QMap<QString, size_t> counts;
    for (const ClusterChange &change : told)
        ++counts[change.title];
    std::vector<ClusterChange> result;
    for (ClusterChange &change : told) {
        size_t &count = counts[change.title];
        if (count == 0)
            continue; // told already
        if (count > ClusterChanges::foldFrom) {
            change.name = (change.of == Of::Node ? words(QT_TRANSLATE_NOOP("ClusterChanges", "%1 nodes"))
                                                 : words(QT_TRANSLATE_NOOP("ClusterChanges", "%1 pods")))
                              .arg(QLocale(QLocale::English).toString(static_cast<qulonglong>(count)) + (more ? u"+"_s : QString()));
            change.key.clear();
            change.text.clear();
            count = 0;
        }
        result.push_back(std::move(change));
    }
    return result;
}

} // namespace

void ClusterChanges::take(Of of, const ResourceType &type, const std::vector<RowChange> &rows, qint64 nowMs, bool more)
{
    std::vector<ClusterChange> told;
    for (const RowChange &change : rows)
        Comparison(of, type, change, nowMs, told).run();
    std::stable_sort(told.begin(), told.end(), [](const ClusterChange &a, const ClusterChange &b) { return a.ms > b.ms; });
    told = folded(std::move(told), more);
    m_changes.insert(m_changes.begin(), std::make_move_iterator(told.begin()), std::make_move_iterator(told.end()));
    std::stable_sort(m_changes.begin(), m_changes.end(), [](const ClusterChange &a, const ClusterChange &b) { return a.ms > b.ms; });
    if (m_changes.size() > most)
        m_changes.resize(most);
    setKnownTo(of, nowMs);
}

void ClusterChanges::setKnownTo(Of of, qint64 ms)
{
    m_knownTo[static_cast<size_t>(of)] = ms;
    if (m_sinceMs == 0)
        m_sinceMs = ms;
}

void ClusterChanges::markSeen(qint64 nowMs)
{
    m_changes.clear();
    m_sinceMs = nowMs;
}

QJsonObject ClusterChanges::save() const
{
    QJsonArray changes;
    for (const ClusterChange &change : m_changes) {
        changes << QJsonObject{{u"ms"_s, change.ms},
                               {u"tone"_s, static_cast<int>(change.tone)},
                               {u"of"_s, QLatin1String(kinds[static_cast<size_t>(change.of)])},
                               {u"key"_s, change.key},
                               {u"name"_s, change.name},
                               {u"title"_s, change.title},
                               {u"text"_s, change.text}};
    }
    QJsonObject known;
    for (size_t i = 0; i < std::size(kinds); ++i)
        known[QLatin1String(kinds[i])] = m_knownTo[i];
    return {{u"changes"_s, changes}, {u"knownTo"_s, known}, {u"since"_s, m_sinceMs}};
}

void ClusterChanges::restore(const QJsonObject &stored)
{
    *this = {};
    m_sinceMs = std::max<qint64>(0, stored[u"since"_s].toInteger());
    for (size_t i = 0; i < std::size(kinds); ++i)
        m_knownTo[i] = std::max<qint64>(0, stored[u"knownTo"_s][QLatin1String(kinds[i])].toInteger());
    for (const QJsonValue &value : stored[u"changes"_s].toArray()) {
        const int tone = value[u"tone"_s].toInt(-1);
        const QString of = value[u"of"_s].toString();
        const auto kind = std::find_if(std::begin(kinds), std::end(kinds), [&of](const char *known) { return of == QLatin1String(known); });
        if (m_changes.size() >= most || tone < 0 || tone > static_cast<int>(Tone::Off) || kind == std::end(kinds))
            continue;
        m_changes.push_back({value[u"ms"_s].toInteger(), static_cast<Tone>(tone), static_cast<Of>(kind - std::begin(kinds)),
                             value[u"key"_s].toString(), value[u"name"_s].toString(), value[u"title"_s].toString(), value[u"text"_s].toString()});
    }
}

} // namespace kboss
