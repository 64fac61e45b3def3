#include "models/exportsink.h"
#include "models/quotesheet.h"
#include "models/quotewords.h"

#include <xlsxwriter.h>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

Unexpected libraryFault(lxw_error error)
{
    return fail(ErrorKind::Storage, QString::fromUtf8(lxw_strerror(error)));
}

class QuoteBook {
public:
    QuoteBook(const QuoteSheet &sheet, const QByteArray &file) : m_quote(sheet), m_book(workbook_new(file.constData()))
    {
        if (!m_book)
            return;
        m_title = format();
        format_set_bold(m_title);
        format_set_font_size(m_title, 14);
        m_bold = format();
        format_set_bold(m_bold);
        m_head = format();
        format_set_bold(m_head);
        format_set_bottom(m_head, LXW_BORDER_THIN);
        m_number = number(m_quote.decimals, false);
        m_struck = number(m_quote.decimals, false);
        format_set_font_strikeout(m_struck);
        m_total = number(2, true);
    }
    ~QuoteBook()
    {
        if (m_book)
            lxw_workbook_free(m_book);
    }

    Result<void> write()
    {
        m_sheet = m_book ? workbook_add_worksheet(m_book, m_quote.title.left(31).toUtf8().constData()) : nullptr;
        if (!m_sheet)
            return fail(ErrorKind::Storage, u"the sheet cannot be made"_s);
        const double widths[] = {12, 32, 24, 34, 14, 12, 22, 40, 60};
        for (lxw_col_t column = 0; column < 9; ++column)
            worksheet_set_column(m_sheet, column, column, widths[column], nullptr);
        writeHead();
        for (const QuoteSheet::Line &line : m_quote.lines)
            writeLine(line);
        writeSums();
        const lxw_error closed = workbook_close(std::exchange(m_book, nullptr));
        if (closed != LXW_NO_ERROR)
            return libraryFault(closed);
        return m_error == LXW_NO_ERROR ? Result<void>() : Result<void>(libraryFault(m_error));
    }

private:
    lxw_format *format() { return workbook_add_format(m_book); }

    lxw_format *number(int decimals, bool bold)
    {
        lxw_format *made = format();
        format_set_num_format(made, ("#,##0." + QByteArray(decimals, '0')).constData());
        if (bold)
            format_set_bold(made);
        return made;
    }

    void text(lxw_col_t column, const QString &value, lxw_format *format = nullptr)
    {
        if (value.isEmpty())
            return;
        const QString safe = looksLikeFormula(value) ? u'\'' + value : value;
        note(worksheet_write_string(m_sheet, m_row, column, safe.toUtf8().constData(), format));
    }

    void amount(lxw_col_t column, const Decimal &value, int decimals, lxw_format *format)
    {
        if (const std::optional<double> exact = exactDouble(value.normalized()))
            note(worksheet_write_number(m_sheet, m_row, column, *exact, format));
        else
            text(column, value.normalized().toString(decimals), nullptr);
    }

    void writeHead()
    {
        text(0, m_quote.title, m_title);
        text(6, m_quote.subtitle);
        ++m_row;
        for (const QuoteSheet::Fact &fact : m_quote.facts) {
            text(0, fact.label, m_bold);
            text(1, fact.text);
            ++m_row;
        }
        ++m_row;
        for (qsizetype i = 0; i < m_quote.heads.size(); ++i)
            text(static_cast<lxw_col_t>(i), m_quote.heads.at(i), m_head);
        ++m_row;
    }

    void writeLine(const QuoteSheet::Line &line)
    {
        const QString cells[] = {line.type, line.model, line.price, line.conversion, line.amount, line.term};
        for (size_t i = 0; i < std::size(cells); ++i)
            text(static_cast<lxw_col_t>(i), cells[i]);
        amount(6, line.subtotal, m_quote.decimals, line.note.isEmpty() ? m_number : m_struck);
        text(7, line.arithmetic);
        text(8, line.note);
        ++m_row;
    }

    void writeSums()
    {
        ++m_row;
        for (const auto &[label, value] : m_quote.sums) {
            text(0, label);
            amount(6, value, m_quote.decimals, m_number);
            ++m_row;
        }
        text(0, u"%1 (%2)"_s.arg(m_quote.totalLabel, m_quote.currency), m_bold);
        text(1, m_quote.totalNote);
        amount(6, m_quote.total, 2, m_total);
        m_row += 2;
        for (const QString &line : m_quote.notes) {
            text(0, line);
            ++m_row;
        }
    }

    void note(lxw_error error)
    {
        if (error != LXW_NO_ERROR && m_error == LXW_NO_ERROR)
            m_error = error;
    }

    const QuoteSheet &m_quote;
    lxw_workbook *m_book;
    lxw_worksheet *m_sheet = nullptr;
    lxw_format *m_title = nullptr, *m_bold = nullptr, *m_head = nullptr, *m_number = nullptr, *m_struck = nullptr, *m_total = nullptr;
    lxw_row_t m_row = 0;
    lxw_error m_error = LXW_NO_ERROR;
};

} // namespace

Result<void> writeQuoteXlsx(const QuoteSheet &sheet, const QString &file)
{
    PartFile part(file);
    if (const auto opened = part.open(); !opened)
        return opened;
    {
        QuoteBook book(sheet, part.file().fileName().toUtf8());
        if (const auto written = book.write(); !written)
            return written;
    }
    return part.commit();
}

} // namespace kboss
