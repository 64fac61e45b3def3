#include "models/exportsink.h"

#include <QDateTime>
#include <QFileInfo>
#include <array>
#include <cstdio>
#include <xlsxwriter.h>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestText = 32'767; // Excel's own limit for a cell
constexpr qint64 exactInteger = qint64(1) << 53;
constexpr int formatsKept = 10;

QString sheetTitle(const QString &name, int number)
{
    QString title = name;
    for (const QChar c : u"[]:*?/\\'"_s)
        title.remove(c);
    const QString tail = number > 1 ? u" %1"_s.arg(number) : QString();
    return title.left(31 - tail.size()) + tail;
}

class XlsxSink final : public ExportSink {
public:
    XlsxSink(const QString &file, QString sheetName, std::vector<ExportColumn> columns, const QTimeZone &zone, int rowsPerSheet)
        : m_part(file), m_folder(QFileInfo(file).absolutePath().toUtf8()), m_sheetName(std::move(sheetName)), m_columns(std::move(columns)),
          m_zone(zone), m_rowsPerSheet(rowsPerSheet)
    {
    }

    ~XlsxSink() override
    {
        if (m_book)
            lxw_workbook_free(m_book);
    }

    Result<void> begin() override
    {
        if (auto opened = m_part.open(); !opened)
            return opened;
        lxw_workbook_options options = {};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = m_folder.data();
        m_fileName = m_part.file().fileName().toUtf8();
        m_book = workbook_new_opt(m_fileName.constData(), &options);
        if (!m_book)
            return fail(ErrorKind::Storage, u"%1: cannot be written"_s.arg(m_part.file().fileName()));
        m_head = workbook_add_format(m_book);
        format_set_bold(m_head);
        m_date = workbook_add_format(m_book);
        format_set_num_format(m_date, "yyyy-mm-dd");
        m_time = workbook_add_format(m_book);
        format_set_num_format(m_time, "yyyy-mm-dd hh:mm:ss");
        for (size_t i = 0; i < m_amounts.size(); ++i) {
            m_amounts[i] = workbook_add_format(m_book);
            format_set_num_format(m_amounts[i], i == 0 ? "#,##0" : ("#,##0." + QByteArray(static_cast<qsizetype>(i), '0')).constData());
        }
        return nextSheet();
    }

    Result<void> write(const std::vector<Row> &rows) override
    {
        for (const Row &row : rows) {
            if (row.key.isEmpty())
                continue;
            if (m_row > static_cast<lxw_row_t>(m_rowsPerSheet)) {
                if (auto added = nextSheet(); !added)
                    return added;
            }
            for (size_t i = 0; i < m_columns.size(); ++i)
                writeCell(static_cast<lxw_col_t>(i), row.cells[m_columns[i].field], m_columns[i]);
            ++m_row;
        }
        if (m_error != LXW_NO_ERROR)
            return libraryError(m_error);
        return {};
    }

    Result<void> finish() override
    {
        const lxw_error closed = workbook_close(std::exchange(m_book, nullptr));
        if (closed != LXW_NO_ERROR)
            return libraryError(closed);
        return m_part.commit();
    }

private:
    Result<void> nextSheet()
    {
        const QByteArray title = sheetTitle(m_sheetName, ++m_sheets).toUtf8();
        m_sheet = workbook_add_worksheet(m_book, title.constData());
        if (!m_sheet)
            return fail(ErrorKind::Storage, u"%1: no further sheet"_s.arg(m_part.file().fileName()));
        worksheet_freeze_panes(m_sheet, 1, 0);
        for (size_t i = 0; i < m_columns.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            worksheet_set_column(m_sheet, column, column, m_columns[i].width / 7.0, nullptr);
            text(0, column, m_columns[i].head, m_head);
        }
        m_row = 1;
        return {};
    }

    void note(lxw_error error)
    {
        if (error != LXW_NO_ERROR && m_error == LXW_NO_ERROR)
            m_error = error;
    }

    void text(lxw_row_t row, lxw_col_t column, const QString &value, lxw_format *format = nullptr)
    {
        if (value.isEmpty())
            return;
        QString safe = looksLikeFormula(value) ? u'\'' + value : value;
        if (safe.size() > longestText)
            safe = safe.left(longestText - 1) + QChar(0x2026);
        note(worksheet_write_string(m_sheet, row, column, safe.toUtf8().constData(), format));
    }

    void decimal(lxw_col_t column, const Decimal &value, int leastDecimals)
    {
        const Decimal shortest = value.normalized();
        const int scale = std::max(shortest.scale(), leastDecimals);
        const auto number = scale < formatsKept ? exactDouble(shortest) : std::nullopt;
        if (number)
            note(worksheet_write_number(m_sheet, m_row, column, *number, m_amounts[static_cast<size_t>(scale)]));
        else
            text(m_row, column, shortest.toString(leastDecimals));
    }

    void date(lxw_col_t column, QDate value)
    {
        lxw_datetime time = {value.year(), value.month(), value.day(), 0, 0, 0};
        if (value.year() >= 1900)
            note(worksheet_write_datetime(m_sheet, m_row, column, &time, m_date));
        else
            text(m_row, column, value.toString(Qt::ISODate));
    }

    void instant(lxw_col_t column, qint64 ms)
    {
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(ms + m_zone.secondsAt(ms) * 1000, Qt::UTC);
        lxw_datetime time = {local.date().year(), local.date().month(),  local.date().day(),
                             local.time().hour(), local.time().minute(), local.time().second() + local.time().msec() / 1000.0};
        note(worksheet_write_datetime(m_sheet, m_row, column, &time, m_time));
    }

    void writeCell(lxw_col_t column, const Value &value, const ExportColumn &spec)
    {
        if (const QString *word = exportWord(value, spec)) {
            text(m_row, column, *word);
        } else if (const auto *money = std::get_if<Money>(&value)) {
            decimal(column, money->amount(), 2);
        } else if (const auto *number = std::get_if<Decimal>(&value)) {
            decimal(column, *number, 0);
        } else if (const auto *integer = std::get_if<qint64>(&value); integer && std::abs(*integer) <= exactInteger) {
            note(worksheet_write_number(m_sheet, m_row, column, static_cast<double>(*integer), nullptr));
        } else if (integer) {
            text(m_row, column, QString::number(*integer));
        } else if (const auto *flag = std::get_if<bool>(&value)) {
            note(worksheet_write_boolean(m_sheet, m_row, column, *flag, nullptr));
        } else if (const auto *day = std::get_if<QDate>(&value)) {
            date(column, *day);
        } else if (const auto *moment = std::get_if<Instant>(&value)) {
            instant(column, moment->ms);
        }
    }

    Unexpected libraryError(lxw_error error) const
    {
        return fail(ErrorKind::Storage, u"%1: %2"_s.arg(QString::fromUtf8(m_fileName), QString::fromUtf8(lxw_strerror(error))));
    }

    PartFile m_part;
    QByteArray m_folder, m_fileName;
    QString m_sheetName;
    std::vector<ExportColumn> m_columns;
    ZoneOffsets m_zone;
    int m_rowsPerSheet, m_sheets = 0;
    lxw_row_t m_row = 1;
    lxw_workbook *m_book = nullptr;
    lxw_worksheet *m_sheet = nullptr;
    lxw_format *m_head = nullptr, *m_date = nullptr, *m_time = nullptr;
    std::array<lxw_format *, formatsKept> m_amounts{};
    lxw_error m_error = LXW_NO_ERROR;
};

} // namespace

std::optional<double> exactDouble(const Decimal &value)
{
    const double number = value.toString().toDouble();
    char text[40];
    std::snprintf(text, sizeof text, "%.16G", number);
    const auto back = Decimal::parse(QString::fromLatin1(text));
    return back && *back == value ? std::optional(number) : std::nullopt;
}

std::unique_ptr<ExportSink> makeXlsxSink(const QString &file, const QString &sheetName, std::vector<ExportColumn> columns, const QTimeZone &zone,
                                         int rowsPerSheet)
{
    return std::make_unique<XlsxSink>(file, sheetName, std::move(columns), zone, rowsPerSheet);
}

} // namespace kboss
