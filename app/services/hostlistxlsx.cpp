// Hosts from a table: the first sheet of an .xlsx (ECMA-376: a zip archive of XML), and no more of it than that.
#include "app/services/hostlist.h"

#include <QHash>
#include <QXmlStreamReader>
#include <QtEndian>
#include <zlib.h>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostUnpacked = 64 * 1024 * 1024; // of all files read
constexpr int mostEntries = 10'000, mostColumns = 256, mostSheetRows = 6'000;

// APPNOTE.TXT 4.3: by the directory at the end. Without encryption, without ZIP64.
class Archive {
public:
    explicit Archive(const QByteArray &content) : m_content(content) { }

    Result<void> open()
    {
        const qsizetype least = 22, from = std::max<qsizetype>(0, m_content.size() - least - 65535);
        const qsizetype end = m_content.lastIndexOf("PK\5\6");
        if (end < from || end + least > m_content.size())
            return bad(u"no directory at its end"_s);
        const int count = number16(end + 10);
        qint64 at = number32(end + 16);
        if (count > mostEntries)
            return bad(u"too many files"_s);
        for (int i = 0; i < count; ++i) {
            if (at + 46 > m_content.size() || m_content.mid(at, 4) != "PK\1\2")
                return bad(u"its directory is damaged"_s);
            Entry entry;
            entry.flags = number16(at + 8);
            entry.method = number16(at + 10);
            entry.packed = number32(at + 20);
            entry.size = number32(at + 24);
            const int nameSize = number16(at + 28);
            entry.at = number32(at + 42);
            m_entries.insert(m_content.mid(at + 46, nameSize), entry);
            at += 46 + nameSize + number16(at + 30) + number16(at + 32);
        }
        return {};
    }

    bool has(const QByteArray &name) const { return m_entries.contains(name); }

    Result<QByteArray> read(const QByteArray &name)
    {
        const auto found = m_entries.constFind(name);
        if (found == m_entries.constEnd())
            return bad(u"%1 is missing"_s.arg(QString::fromUtf8(name)));
        const Entry &entry = *found;
        if (entry.at + 30 > m_content.size() || m_content.mid(entry.at, 4) != "PK\3\4")
            return bad(u"%1 is damaged"_s.arg(QString::fromUtf8(name)));
        const qint64 begin = entry.at + 30 + number16(entry.at + 26) + number16(entry.at + 28);
        if ((entry.flags & 1) != 0 || begin + entry.packed > m_content.size())
            return bad(u"%1 is encrypted or cut"_s.arg(QString::fromUtf8(name)));
        m_unpacked += entry.size;
        if (entry.size > mostUnpacked || m_unpacked > mostUnpacked)
            return bad(u"larger than %1 MB unpacked"_s.arg(mostUnpacked / 1024 / 1024));
        const QByteArray packed = m_content.mid(begin, entry.packed);
        if (entry.method == 0)
            return packed;
        return entry.method == 8 ? inflated(packed, entry.size) : Result<QByteArray>(bad(u"packed in an unknown way"_s));
    }

    static Unexpected bad(const QString &reason) { return fail(ErrorKind::Protocol, u"not a workbook that can be read: "_s + reason); }

private:
    struct Entry {
        int flags = 0, method = 0;
        qint64 packed = 0, size = 0, at = 0;
    };

    // Never more than the directory says, which was held against the limit.
    static Result<QByteArray> inflated(const QByteArray &packed, qint64 size)
    {
        QByteArray out(size, Qt::Uninitialized);
        z_stream stream{};
        if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
            return bad(u"out of memory"_s);
        stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.constData())); // zlib's interface is older than const
        stream.avail_in = static_cast<uInt>(packed.size());
        stream.next_out = reinterpret_cast<Bytef *>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        const int code = inflate(&stream, Z_FINISH);
        const bool whole = code == Z_STREAM_END && stream.avail_out == 0;
        inflateEnd(&stream);
        return whole ? Result<QByteArray>(out) : Result<QByteArray>(bad(u"a part of it is damaged"_s));
    }

    // 0 beyond the end: what follows then fits nothing.
    int number16(qint64 at) const { return at + 2 <= m_content.size() ? qFromLittleEndian<quint16>(m_content.constData() + at) : 0; }
    qint64 number32(qint64 at) const { return at + 4 <= m_content.size() ? qFromLittleEndian<quint32>(m_content.constData() + at) : 0; }

    const QByteArray &m_content;
    QHash<QByteArray, Entry> m_entries;
    qint64 m_unpacked = 0;
};

Result<void> checked(const QXmlStreamReader &xml, const QString &name)
{
    if (xml.hasError())
        return Archive::bad(u"%1, line %2: %3"_s.arg(name).arg(xml.lineNumber()).arg(xml.errorString()));
    return {};
}

// The text of all <t> below the element that has just begun, but for phonetic readings.
QString textBelow(QXmlStreamReader &xml)
{
    QString text;
    const QString outer = xml.name().toString();
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isEndElement() && xml.name() == outer)
            break;
        if (xml.isStartElement() && xml.name() == "rPh"_L1)
            xml.skipCurrentElement();
        else if (xml.isStartElement() && xml.name() == "t"_L1)
            text += xml.readElementText(QXmlStreamReader::SkipChildElements);
    }
    return text;
}

Result<std::vector<QString>> sharedTexts(Archive &archive)
{
    std::vector<QString> texts;
    if (!archive.has("xl/sharedStrings.xml"))
        return texts;
    const auto content = archive.read("xl/sharedStrings.xml");
    if (!content)
        return fail(content.error());
    QXmlStreamReader xml(*content);
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == "si"_L1)
            texts.push_back(textBelow(xml));
    }
    if (const auto good = checked(xml, u"sharedStrings.xml"_s); !good)
        return fail(good.error());
    return texts;
}

QString attributeNamed(const QXmlStreamReader &xml, QLatin1StringView local)
{
    for (const QXmlStreamAttribute &attribute : xml.attributes()) {
        if (attribute.name() == local)
            return attribute.value().toString();
    }
    return {};
}

// Name in the archive of the sheet that the workbook has first.
Result<QByteArray> firstSheet(Archive &archive)
{
    const auto workbook = archive.read("xl/workbook.xml");
    const auto relations = archive.read("xl/_rels/workbook.xml.rels");
    if (!workbook || !relations)
        return fail(workbook ? relations.error() : workbook.error());
    QString id;
    QXmlStreamReader sheets(*workbook);
    while (!sheets.atEnd() && id.isEmpty()) {
        if (sheets.readNext() == QXmlStreamReader::StartElement && sheets.name() == "sheet"_L1)
            id = attributeNamed(sheets, "id"_L1); // r:id; sheetId has another name
    }
    QXmlStreamReader targets(*relations);
    while (!targets.atEnd()) {
        if (targets.readNext() == QXmlStreamReader::StartElement && targets.name() == "Relationship"_L1 && attributeNamed(targets, "Id"_L1) == id) {
            const QString target = attributeNamed(targets, "Target"_L1);
            return (target.startsWith(u'/') ? target.mid(1) : u"xl/"_s + target).toUtf8();
        }
    }
    return Archive::bad(u"it has no sheet"_s);
}

int columnOf(const QString &reference) // "AB12" → 27; -1 = none
{
    int column = 0;
    for (const QChar letter : reference) {
        if (letter < u'A' || letter > u'Z')
            break;
        column = column * 26 + (letter.unicode() - 'A' + 1);
        if (column > mostColumns)
            return mostColumns;
    }
    return column - 1;
}

class SheetReader {
public:
    SheetReader(const QByteArray &content, const std::vector<QString> &shared) : m_xml(content), m_shared(shared) { }

    Result<TextTable> read()
    {
        while (!m_xml.atEnd()) {
            m_xml.readNext();
            if (m_xml.isStartElement() && m_xml.name() == "row"_L1 && !beginRow())
                return Archive::bad(u"more than %1 rows"_s.arg(mostSheetRows));
            if (m_xml.isStartElement() && m_xml.name() == "c"_L1)
                readCell();
        }
        if (const auto good = checked(m_xml, u"the sheet"_s); !good)
            return fail(good.error());
        return std::move(m_rows);
    }

private:
    bool beginRow()
    {
        bool isNumber = false;
        const int number = m_xml.attributes().value("r"_L1).toInt(&isNumber); // rows that are empty are left out
        const size_t wanted = isNumber && number > 0 ? static_cast<size_t>(number) : m_rows.size() + 1;
        if (wanted > static_cast<size_t>(mostSheetRows) || wanted <= m_rows.size())
            return false;
        m_rows.resize(wanted);
        return true;
    }

    void readCell()
    {
        const QString reference = m_xml.attributes().value("r"_L1).toString(), type = m_xml.attributes().value("t"_L1).toString();
        QString text = cellText(type);
        if (m_rows.empty())
            return;
        std::vector<QString> &row = m_rows.back();
        const int column = reference.isEmpty() ? static_cast<int>(row.size()) : columnOf(reference);
        if (column < 0 || column >= mostColumns)
            return;
        if (row.size() <= static_cast<size_t>(column))
            row.resize(static_cast<size_t>(column) + 1);
        row[static_cast<size_t>(column)] = text.trimmed();
    }

    QString cellText(const QString &type)
    {
        QString value;
        while (!m_xml.atEnd()) {
            m_xml.readNext();
            if (m_xml.isEndElement() && m_xml.name() == "c"_L1)
                break;
            if (m_xml.isStartElement() && m_xml.name() == "v"_L1)
                value = m_xml.readElementText();
            else if (m_xml.isStartElement() && m_xml.name() == "is"_L1)
                value = textBelow(m_xml);
        }
        if (type != "s"_L1)
            return value;
        bool isNumber = false;
        const uint index = value.toUInt(&isNumber);
        return isNumber && index < m_shared.size() ? m_shared[index] : QString();
    }

    QXmlStreamReader m_xml;
    const std::vector<QString> &m_shared;
    TextTable m_rows;
};

} // namespace

Result<TextTable> readXlsxRows(const QByteArray &content)
{
    Archive archive(content);
    if (const auto opened = archive.open(); !opened)
        return fail(opened.error());
    const auto sheet = firstSheet(archive);
    if (!sheet)
        return fail(sheet.error());
    const auto shared = sharedTexts(archive);
    const auto rows = archive.read(*sheet);
    if (!shared || !rows)
        return fail(shared ? rows.error() : shared.error());
    return SheetReader(*rows, *shared).read();
}

} // namespace kboss
