// Hosts from a table: text to cells, cells to hosts.
#include "app/services/hostlist.h"

#include "app/cluster/addressrange.h"

#include <QRegularExpression>
#include <QSet>
#include <QStringDecoder>
#include <optional>

namespace kboss {

using namespace Qt::StringLiterals;
using Why = HostListFault::Why;

namespace {

constexpr qsizetype largestText = 4 * 1024 * 1024;
constexpr int mostRows = 5'000, mostFaults = 1'000, longestCell = 1'000;

enum class Column { Unknown, Name, Address, Port, User, Role, Jump };

Column columnOf(const QString &title)
{
    static const QHash<QString, Column> known{
        {u"name"_s, Column::Name},       {u"host"_s, Column::Name},        {u"hostname"_s, Column::Name},     {u"node"_s, Column::Name},
        {u"主机名"_s, Column::Name},     {u"主机"_s, Column::Name},        {u"名称"_s, Column::Name},         {u"节点"_s, Column::Name},
        {u"address"_s, Column::Address}, {u"ip"_s, Column::Address},       {u"ipaddress"_s, Column::Address}, {u"地址"_s, Column::Address},
        {u"ip地址"_s, Column::Address},  {u"内网地址"_s, Column::Address}, {u"内网ip"_s, Column::Address},    {u"port"_s, Column::Port},
        {u"sshport"_s, Column::Port},    {u"端口"_s, Column::Port},        {u"ssh端口"_s, Column::Port},      {u"user"_s, Column::User},
        {u"username"_s, Column::User},   {u"用户"_s, Column::User},        {u"用户名"_s, Column::User},       {u"账号"_s, Column::User},
        {u"管理账号"_s, Column::User},   {u"role"_s, Column::Role},        {u"角色"_s, Column::Role},         {u"jump"_s, Column::Jump},
        {u"jumphost"_s, Column::Jump},   {u"proxyjump"_s, Column::Jump},   {u"bastion"_s, Column::Jump},      {u"跳板"_s, Column::Jump},
        {u"跳板机"_s, Column::Jump},
    };
    QString plain = title.toLower();
    plain.remove(QRegularExpression(u"[\\s_-]"_s));
    return known.value(plain, Column::Unknown);
}

bool isOfPasswords(const QString &title)
{
    static const QRegularExpression words(u"password|passwd|passphrase|pwd|secret|token|密码|口令|密钥"_s, QRegularExpression::CaseInsensitiveOption);
    return words.match(title).hasMatch();
}

std::optional<HostRole> roleOf(const QString &text)
{
    QString plain = text.toLower();
    plain.remove(QRegularExpression(u"[\\s_-]"_s));
    static const QSet<QString> control{u"controlplane"_s, u"control"_s, u"master"_s, u"控制面"_s, u"控制"_s, u"控制节点"_s, u"主节点"_s};
    static const QSet<QString> worker{QString(), u"worker"_s, u"工作"_s, u"工作节点"_s, u"计算节点"_s};
    if (control.contains(plain))
        return HostRole::ControlPlane;
    return worker.contains(plain) ? std::optional(HostRole::Worker) : std::nullopt;
}

bool isLabel(const QString &text)
{
    static const QRegularExpression label(u"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"_s);
    return label.match(text).hasMatch();
}

// A row with the number of the line that it begins in.
struct Line {
    int number = 0;
    std::vector<QString> cells;
};

class Faults {
public:
    explicit Faults(HostList *list) : m_list(list) { }
    void add(int line, int column, Why why, const QString &text = {})
    {
        if (m_list->faults.size() < mostFaults)
            m_list->faults.push_back({line, column, why, text.left(80)});
    }

private:
    HostList *m_list;
};

// RFC 4180, with the separator told by the first line; CR, LF and CRLF end a line.
class CsvReader {
public:
    CsvReader(const QString &text, Faults *faults) : m_text(text), m_faults(faults), m_separator(separatorOf(text)) { }

    std::vector<Line> read()
    {
        std::vector<Line> lines;
        while (m_at < m_text.size()) {
            Line line{m_line, {}};
            readLine(&line);
            lines.push_back(std::move(line));
        }
        return lines;
    }

private:
    static QChar separatorOf(const QString &text)
    {
        const qsizetype end = text.indexOf(QRegularExpression(u"[\r\n]"_s));
        const QString first = end < 0 ? text : text.left(end);
        QChar best = u',';
        for (const QChar candidate : {u';', u'\t'}) {
            if (first.count(candidate) > first.count(best))
                best = candidate;
        }
        return best;
    }

    bool atLineEnd() const { return m_at >= m_text.size() || m_text[m_at] == u'\n' || m_text[m_at] == u'\r'; }

    void skipLineEnd()
    {
        if (m_at < m_text.size() && m_text[m_at] == u'\r' && m_at + 1 < m_text.size() && m_text[m_at + 1] == u'\n')
            ++m_at;
        ++m_at;
        ++m_line;
    }

    void readLine(Line *line)
    {
        while (true) {
            line->cells.push_back(m_at < m_text.size() && m_text[m_at] == u'"' ? quoted(static_cast<int>(line->cells.size()) + 1) : plain());
            if (atLineEnd())
                return skipLineEnd();
            ++m_at; // the separator
            if (atLineEnd()) {
                line->cells.emplace_back();
                return skipLineEnd();
            }
        }
    }

    QString plain()
    {
        const qsizetype begin = m_at;
        while (!atLineEnd() && m_text[m_at] != m_separator)
            ++m_at;
        return m_text.mid(begin, m_at - begin).trimmed();
    }

    QString quoted(int column)
    {
        const int line = m_line;
        QString cell;
        for (++m_at;; ++m_at) {
            if (m_at >= m_text.size()) {
                m_faults->add(line, column, Why::OpenQuote, cell);
                return cell.trimmed();
            }
            if (m_text[m_at] == u'"') {
                if (m_at + 1 >= m_text.size() || m_text[m_at + 1] != u'"')
                    break;
                ++m_at;
            } else if (m_text[m_at] == u'\n') {
                ++m_line;
            }
            cell += m_text[m_at];
        }
        ++m_at; // the closing quote
        const QString rest = plain();
        if (!rest.isEmpty())
            m_faults->add(line, column, Why::AfterQuote, rest);
        return cell.trimmed();
    }

    const QString &m_text;
    Faults *m_faults;
    QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
};

std::optional<QString> decoded(const QByteArray &content, const char *encoding)
{
    QStringDecoder decoder(encoding);
    if (!decoder.isValid())
        return std::nullopt;
    QString text = decoder.decode(content);
    if (decoder.hasError() || text.contains(QChar(QChar::ReplacementCharacter)))
        return std::nullopt;
    if (text.startsWith(QChar(0xfeff)))
        text.remove(0, 1);
    return text;
}

std::optional<QString> textOf(const QByteArray &content)
{
    if (content.startsWith("\xff\xfe"))
        return decoded(content, "UTF-16LE");
    if (content.startsWith("\xfe\xff"))
        return decoded(content, "UTF-16BE");
    const auto text = decoded(content, "UTF-8");
    return text ? text : decoded(content, "GB18030"); // GBK is a part of it
}

class HostReader {
public:
    explicit HostReader(HostList *list) : m_list(list), m_faults(list) { }

    void read(const std::vector<Line> &lines)
    {
        size_t i = 0;
        while (i < lines.size() && isEmpty(lines[i]))
            ++i;
        if (i == lines.size() || !readHeader(lines[i])) {
            m_faults.add(i == lines.size() ? 1 : lines[i].number, 0, Why::NoHeader);
            return;
        }
        for (++i; i < lines.size(); ++i) {
            if (isEmpty(lines[i]))
                continue;
            if (++m_list->rows > mostRows)
                return m_faults.add(lines[i].number, 0, Why::TooManyHosts, QString::number(mostRows));
            readRow(lines[i]);
        }
    }

private:
    static bool isEmpty(const Line &line)
    {
        return std::all_of(line.cells.begin(), line.cells.end(), [](const QString &cell) { return cell.isEmpty(); });
    }

    bool readHeader(const Line &line)
    {
        QSet<Column> seen;
        for (size_t i = 0; i < line.cells.size(); ++i) {
            const QString &title = line.cells[i];
            const int column = static_cast<int>(i) + 1;
            Column what = columnOf(title);
            if (isOfPasswords(title))
                m_faults.add(line.number, column, Why::PasswordColumn, title);
            else if (what == Column::Unknown && !title.isEmpty())
                m_faults.add(line.number, column, Why::UnknownColumn, title);
            else if (what != Column::Unknown && seen.contains(what))
                m_faults.add(line.number, column, Why::ColumnTwice, title);
            if (seen.contains(what))
                what = Column::Unknown;
            seen.insert(what);
            m_columns.push_back(what);
        }
        return seen.contains(Column::Address);
    }

    void readRow(const Line &line)
    {
        PlanHost host;
        m_good = true;
        int nameColumn = 0, addressColumn = 0;
        for (size_t i = 0; i < m_columns.size(); ++i) {
            const QString cell = i < line.cells.size() ? line.cells[i].left(longestCell) : QString();
            const int column = static_cast<int>(i) + 1;
            if (m_columns[i] == Column::Name)
                nameColumn = column;
            else if (m_columns[i] == Column::Address)
                addressColumn = column;
            readCell(m_columns[i], cell, line.number, column, &host);
        }
        if (!m_good)
            return;
        if (host.name.isEmpty())
            host.name = u"host-"_s + QString(host.address).replace(QRegularExpression(u"[^0-9a-f]+"_s), u"-"_s);
        if (!isLabel(host.name))
            return fault(line.number, nameColumn, Why::NotAName, host.name);
        const QString place = u"%1 %2"_s.arg(host.address).arg(host.port);
        if (m_names.contains(host.name))
            fault(line.number, nameColumn, Why::Twice, host.name);
        if (m_places.contains(place))
            fault(line.number, addressColumn, Why::Twice, host.address);
        if (!m_good)
            return;
        m_names.insert(host.name);
        m_places.insert(place);
        m_list->hosts.push_back(std::move(host));
    }

    void readCell(Column column, const QString &cell, int line, int number, PlanHost *host)
    {
        switch (column) {
        case Column::Unknown:
            return;
        case Column::Name:
            host->name = cell.toLower();
            return;
        case Column::Address: {
            const auto address = parseAddress(cell);
            if (!address)
                return fault(line, number, cell.isEmpty() ? Why::Missing : Why::NotAnAddress, cell);
            host->address = address->toString();
            return;
        }
        case Column::Port: {
            bool isNumber = false;
            host->port = cell.isEmpty() ? 22 : cell.toInt(&isNumber);
            if (!cell.isEmpty() && (!isNumber || host->port < 1 || host->port > 65535))
                fault(line, number, Why::NotAPort, cell);
            return;
        }
        case Column::User:
            host->user = cell;
            return;
        case Column::Role:
            if (const auto role = roleOf(cell))
                host->role = *role;
            else
                fault(line, number, Why::NotARole, cell);
            return;
        case Column::Jump:
            host->jump = cell;
            return;
        }
    }

    void fault(int line, int column, Why why, const QString &text)
    {
        m_good = false;
        m_faults.add(line, column, why, text);
    }

    HostList *m_list;
    Faults m_faults;
    std::vector<Column> m_columns;
    QSet<QString> m_names, m_places;
    bool m_good = true;
};

} // namespace

Result<HostList> readHostList(const QByteArray &content)
{
    if (content.size() > largestText)
        return fail(ErrorKind::Protocol, u"larger than %1 MB"_s.arg(largestText / 1024 / 1024));
    HostList list;
    std::vector<Line> lines;
    if (content.startsWith("PK\3\4")) {
        auto rows = readXlsxRows(content);
        if (!rows)
            return fail(rows.error());
        int number = 0;
        for (std::vector<QString> &cells : *rows)
            lines.push_back({++number, std::move(cells)});
    } else {
        Faults faults(&list);
        const auto text = textOf(content);
        if (!text || text->contains(QChar(0)))
            faults.add(1, 0, Why::NotText);
        else
            lines = CsvReader(*text, &faults).read();
    }
    if (list.faults.empty())
        HostReader(&list).read(lines);
    return list;
}

} // namespace kboss
