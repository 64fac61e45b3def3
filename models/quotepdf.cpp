#include "models/exportsink.h"
#include "models/quotesheet.h"
#include "models/quotewords.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <array>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

// Lengths are points (1/72 inch) on A4; the writer's own unit is scaled to them.
constexpr qreal pageWidth = 595, pageHeight = 842, edge = 48, bottom = 60;
constexpr int resolution = 300;
constexpr std::array<qreal, 5> columnShares{0.235, 0.19, 0.245, 0.125, 0.205}; // part, price, conversion, amount × term, subtotal

// Black ink in three strengths; paper has no theme.
QColor ink(int grey)
{
    return QColor::fromHsv(0, 0, grey);
}

class Printer {
public:
    Printer(const QuoteSheet &sheet, QPdfWriter *writer) : m_sheet(sheet), m_writer(writer)
    {
        writer->setPageSize(QPageSize(QPageSize::A4));
        writer->setPageMargins(QMarginsF());
        writer->setResolution(resolution);
        writer->setTitle(sheet.title);
        writer->setCreator(u"Kboss Console"_s);
    }

    bool print()
    {
        if (!m_painter.begin(m_writer))
            return false;
        m_painter.scale(resolution / 72.0, resolution / 72.0);
        head();
        for (const QuoteSheet::Line &line : m_sheet.lines)
            printLine(line);
        sums();
        pageFoot();
        return m_painter.end();
    }

private:
    QFont font(qreal points, bool bold = false) const
    {
        QFont made;
        made.setFamilies(m_sheet.families);
        made.setPixelSize(std::max(1, qRound(points))); // the painter is scaled to points
        made.setWeight(bold ? QFont::DemiBold : QFont::Normal);
        made.setHintingPreference(QFont::PreferNoHinting);
        return made;
    }

    qreal textWidth() const { return pageWidth - 2 * edge; }

    // Returns the height it took.
    qreal text(const QRectF &box, const QString &words, const QFont &font, int grey, int flags)
    {
        m_painter.setFont(font);
        m_painter.setPen(ink(grey));
        QRectF taken;
        m_painter.drawText(box, flags, words, &taken);
        return taken.height();
    }

    // Between words; within one only where it is wider than its column.
    static int wrapOf(const QString &words, const QFont &font, qreal width)
    {
        const QFontMetricsF metrics(font);
        for (const QString &word : words.split(QRegularExpression(u"\\s"_s))) {
            if (metrics.horizontalAdvance(word) > width)
                return Qt::TextWrapAnywhere;
        }
        return Qt::TextWordWrap;
    }

    static qreal heightOf(const QString &words, const QFont &font, qreal width)
    {
        return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 10'000), wrapOf(words, font, width), words).height();
    }

    void column(const QRectF &box, const QString &words, int grey)
    {
        text(box, words, font(9), grey, Qt::AlignLeft | Qt::AlignTop | wrapOf(words, font(9), box.width()));
    }

    void rule(qreal thickness, int grey) { m_painter.fillRect(QRectF(edge, m_y, textWidth(), thickness), ink(grey)); }

    void need(qreal height)
    {
        if (m_y + height <= pageHeight - bottom)
            return;
        pageFoot();
        m_writer->newPage();
        ++m_page;
        m_y = edge;
        columnHeads();
    }

    void pageFoot()
    {
        const QRectF box(edge, pageHeight - 40, textWidth(), 16);
        text(box, m_sheet.title, font(8), 110, Qt::AlignLeft | Qt::AlignVCenter);
        text(box, QString::number(m_page), font(8), 110, Qt::AlignRight | Qt::AlignVCenter);
    }

    void head()
    {
        text(QRectF(edge, m_y, textWidth(), 28), m_sheet.title, font(18, true), 20, Qt::AlignLeft | Qt::AlignVCenter);
        text(QRectF(edge, m_y, textWidth(), 28), m_sheet.subtitle, font(10), 90, Qt::AlignRight | Qt::AlignVCenter);
        m_y += 40;
        const qreal half = textWidth() / 2;
        for (size_t i = 0; i < m_sheet.facts.size(); ++i) {
            const qreal x = edge + (i % 2 == 0 ? 0 : half);
            text(QRectF(x, m_y, 78, 16), m_sheet.facts[i].label, font(9), 90, Qt::AlignLeft | Qt::AlignVCenter);
            const QFont value = font(10);
            const qreal room = half - 90;
            const QString shown = QFontMetricsF(value).elidedText(m_sheet.facts[i].text, Qt::ElideRight, room);
            text(QRectF(x + 80, m_y, room, 16), shown, value, 20, Qt::AlignLeft | Qt::AlignVCenter);
            if (i % 2 == 1 || i + 1 == m_sheet.facts.size())
                m_y += 18;
        }
        m_y += 14;
        columnHeads();
    }

    std::array<QRectF, 5> columns(qreal height) const
    {
        std::array<QRectF, 5> boxes;
        qreal x = edge;
        for (size_t i = 0; i < boxes.size(); ++i) {
            boxes[i] = QRectF(x, m_y, textWidth() * columnShares[i] - 8, height);
            x += textWidth() * columnShares[i];
        }
        boxes.back().setRight(edge + textWidth());
        return boxes;
    }

    void columnHeads()
    {
        const auto at = columns(16);
        const QString heads[] = {m_sheet.heads.at(0), m_sheet.heads.at(2), m_sheet.heads.at(3), m_sheet.heads.at(4) + u" · "_s + m_sheet.heads.at(5),
                                 m_sheet.heads.at(6)};
        for (size_t i = 0; i < at.size(); ++i)
            text(at[i], heads[i], font(8), 90, (i < 3 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        m_y += 18;
        rule(0.8, 90);
        m_y += 6;
    }

    void printLine(const QuoteSheet::Line &line)
    {
        const auto measured = columns(1'000);
        const QString part = line.type + u'\n' + line.model, amount = line.amount + u'\n' + line.term;
        const qreal note = line.note.isEmpty() ? 0 : heightOf(line.note, font(8, true), textWidth()) + 3;
        const qreal first = std::max({heightOf(part, font(9), measured[0].width()), heightOf(line.price, font(9), measured[1].width()),
                                      heightOf(line.conversion, font(9), measured[2].width()), heightOf(amount, font(9), measured[3].width())});
        need(first + 14 + note + 14);
        const auto at = columns(first);
        column(at[0], part, 20);
        column(at[1], line.price, 20);
        column(at[2], line.conversion, 90);
        text(at[3], amount, font(9), 20, Qt::AlignRight | Qt::AlignTop);
        QFont figure = font(9, line.note.isEmpty());
        figure.setStrikeOut(!line.note.isEmpty());
        text(at[4], groupedNumber(line.subtotal, m_sheet.decimals), figure, line.note.isEmpty() ? 20 : 110, Qt::AlignRight | Qt::AlignTop);
        m_y += first;
        text(QRectF(edge, m_y, textWidth(), 13), line.arithmetic, font(8), 90, Qt::AlignRight | Qt::AlignVCenter);
        m_y += 14;
        if (note > 0) {
            text(QRectF(edge, m_y, textWidth(), note), line.note, font(8, true), 60,
                 Qt::AlignLeft | Qt::AlignTop | wrapOf(line.note, font(8, true), textWidth()));
            m_y += note;
        }
        m_y += 4;
        rule(0.4, 200);
        m_y += 6;
    }

    void sums()
    {
        need(120);
        m_y += 4;
        for (const auto &[label, value] : m_sheet.sums) {
            const QRectF box(edge, m_y, textWidth(), 16);
            text(box, label, font(9), 60, Qt::AlignLeft | Qt::AlignVCenter);
            text(box, groupedNumber(value, m_sheet.decimals), font(9), 20, Qt::AlignRight | Qt::AlignVCenter);
            m_y += 16;
        }
        m_y += 6;
        rule(0.8, 90);
        m_y += 8;
        const QRectF box(edge, m_y, textWidth(), 26);
        text(box, m_sheet.totalLabel, font(11, true), 20, Qt::AlignLeft | Qt::AlignVCenter);
        text(box, m_sheet.currency + u' ' + groupedNumber(m_sheet.total, 2), font(18, true), 20, Qt::AlignRight | Qt::AlignVCenter);
        m_y += 26;
        text(QRectF(edge, m_y, textWidth(), 14), m_sheet.totalNote, font(9), 90, Qt::AlignLeft | Qt::AlignVCenter);
        m_y += 26;
        for (const QString &note : m_sheet.notes)
            m_y += text(QRectF(edge, m_y, textWidth(), 60), note, font(8), 110, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap) + 2;
    }

    const QuoteSheet &m_sheet;
    QPdfWriter *m_writer;
    QPainter m_painter;
    qreal m_y = edge;
    int m_page = 1;
};

} // namespace

Result<void> writeQuotePdf(const QuoteSheet &sheet, const QString &file)
{
    PartFile part(file);
    if (const auto opened = part.open(); !opened)
        return opened;
    QPdfWriter writer(&part.file());
    if (!Printer(sheet, &writer).print())
        return fail(ErrorKind::Storage, u"%1: cannot be written"_s.arg(file));
    if (!part.file().flush() || part.file().error() != QFileDevice::NoError)
        return fail(ErrorKind::Storage, u"%1: %2"_s.arg(file, part.file().errorString()));
    return part.commit();
}

} // namespace kboss
