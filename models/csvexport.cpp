#include "models/exportsink.h"

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype flushAt = 256 * 1024;

class CsvSink final : public ExportSink {
public:
    CsvSink(const QString &file, std::vector<ExportColumn> columns, const QTimeZone &zone) : m_part(file), m_columns(std::move(columns)), m_zone(zone)
    {
    }

    Result<void> begin() override
    {
        if (auto opened = m_part.open(); !opened)
            return opened;
        m_buffer.reserve(flushAt + 64 * 1024);
        m_buffer.append("\xEF\xBB\xBF");
        for (size_t i = 0; i < m_columns.size(); ++i) {
            if (i > 0)
                m_buffer.append(',');
            appendQuoted(m_columns[i].head);
        }
        m_buffer.append("\r\n");
        return flush();
    }

    Result<void> write(const std::vector<Row> &rows) override
    {
        for (const Row &row : rows) {
            if (row.key.isEmpty())
                continue;
            for (size_t i = 0; i < m_columns.size(); ++i) {
                if (i > 0)
                    m_buffer.append(',');
                appendCell(row.cells[m_columns[i].field], m_columns[i]);
            }
            m_buffer.append("\r\n");
            if (m_buffer.size() < flushAt)
                continue;
            if (auto written = flush(); !written)
                return written;
        }
        return {};
    }

    Result<void> finish() override
    {
        if (auto written = flush(); !written)
            return written;
        if (!m_part.file().flush())
            return storageError();
        return m_part.commit();
    }

private:
    void appendCell(const Value &value, const ExportColumn &column)
    {
        if (const QString *text = exportWord(value, column))
            appendQuoted(*text);
        else
            appendExportText(m_buffer, value, m_zone);
    }

    void appendQuoted(const QString &text)
    {
        const bool formula = looksLikeFormula(text);
        bool quotes = !text.isEmpty() && (text.front() == u' ' || text.back() == u' ');
        for (const QChar c : text)
            quotes = quotes || c == u',' || c == u'"' || c == u'\n' || c == u'\r';
        if (!quotes) {
            if (formula)
                m_buffer.append('\'');
            m_value = text;
            appendExportText(m_buffer, m_value, m_zone);
            return;
        }
        QString escaped = text;
        escaped.replace(u'"', u"\"\""_s);
        m_buffer.append(formula ? "\"'" : "\"");
        m_buffer.append(escaped.toUtf8());
        m_buffer.append('"');
    }

    Result<void> flush()
    {
        if (m_part.file().write(m_buffer) != m_buffer.size())
            return storageError();
        m_buffer.resize(0);
        return {};
    }

    Unexpected storageError() { return fail(ErrorKind::Storage, u"%1: %2"_s.arg(m_part.file().fileName(), m_part.file().errorString())); }

    PartFile m_part;
    std::vector<ExportColumn> m_columns;
    ZoneOffsets m_zone;
    QByteArray m_buffer;
    Value m_value;
};

} // namespace

std::unique_ptr<ExportSink> makeCsvSink(const QString &file, std::vector<ExportColumn> columns, const QTimeZone &zone)
{
    return std::make_unique<CsvSink>(file, std::move(columns), zone);
}

} // namespace kboss
