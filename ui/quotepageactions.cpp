#include "ui/quotepage.h"

#include "app/base/oneline.h"
#include "models/parttreemodel.h"
#include "models/quotesheet.h"
#include "ui/instancepane.h"
#include "ui/joblist.h"
#include "ui/partsview.h"
#include "ui/prompt.h"
#include "ui/quotecheck.h"
#include "ui/quotedesk.h"
#include "ui/quotehead.h"
#include "ui/quoteroom.h"
#include "ui/quotetotals.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QPointer>
#include <QStackedWidget>
#include <QStandardPaths>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostName = 64; // characters of a cluster's name in a sentence

QuoteSheet sheetOf(const QuoteDesk &desk)
{
    const Quote *quote = desk.stored();
    const int version = quote && !desk.isDirty() ? static_cast<int>(quote->versions.size()) : 0;
    return quoteSheet(desk.content(), desk.view(),
                      {desk.quoteId(), version, desk.context().clock->nowMs(), desk.zone(), desk.context().theme->printFamilies()});
}

void runExport(const AppContext &context, const QuoteSheet &sheet, QuoteFormat format, const QString &file, QWidget *page)
{
    Job *job = startQuoteExport(sheet, format, file);
    if (context.jobs)
        context.jobs->add(job);
    QObject::connect(job, &Job::finished, page, [job, context, sheet, format, file, page] {
        if (job->state() == Job::State::Done)
            context.showNotice(QuotePage::tr("%1 exported to %2").arg(sheet.title, QDir::toNativeSeparators(file)), {}, {});
        else if (job->state() == Job::State::Failed)
            context.showError(job->error(), QuotePage::tr("Export %1").arg(sheet.title), [context, sheet, format, file, page = QPointer(page)] {
                if (page)
                    runExport(context, sheet, format, file, page);
            });
    });
}

} // namespace

void QuotePage::updateCheck()
{
    const QString price = m_check->text(), room = m_room->text();
    m_totals->setCheck(room.isEmpty() ? m_check->tone() : Tone::Bad, price.isEmpty() || room.isEmpty() ? price + room : price + u" · "_s + room);
    updateActions();
}

void QuotePage::updateLegend()
{
    const qsizetype all = static_cast<qsizetype>(m_desk->clusters().size()), shown = static_cast<qsizetype>(m_partModel->clusters().size());
    QStringList lines;
    if (shown > 0)
        lines << tr("A bar is what is left of the stock, amber below 10 %. This quote takes from %1 only.")
                     .arg(oneLine(m_desk->content().clusterName, mostName));
    if (shown > 0 && all > shown)
        lines.last() += u' ' + tr("More clusters in the list above: %1.").arg(all - shown);
    if (const QString cards = m_room->cardsText(); !cards.isEmpty())
        lines << cards;
    m_parts->setLegend(lines.join(u'\n'));
}

void QuotePage::copyText()
{
    QGuiApplication::clipboard()->setText(quoteText(sheetOf(*m_desk)));
    m_context.showNotice(tr("The calculation of %1 is on the clipboard").arg(m_quoteId), {}, {});
}

void QuotePage::askExport(bool pdf)
{
    const QuoteSheet sheet = sheetOf(*m_desk); // as it is now: later changes do not move it
    const QString suffix = pdf ? u"pdf"_s : u"xlsx"_s;
    Question question;
    question.title = tr("Export %1").arg(sheet.title);
    question.text = m_desk->view().left > 0 ? tr("The lines that do not fit are shown as such; the total is without them.")
                                            : tr("The whole calculation with every line, exact.");
    question.acceptText = pdf ? tr("Export PDF") : tr("Export XLSX");
    question.input = u"file-save"_s;
    const QString name = m_desk->content().customer.isEmpty() ? m_quoteId : m_quoteId + u' ' + m_desk->content().customer;
    QString safe = name;
    for (const QChar c : u"/\\:*?\"<>|"_s)
        safe.remove(c);
    question.inputValue = QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)).filePath(safe + u'.' + suffix);
    question.inputFilter = pdf ? u"PDF (*.pdf)"_s : u"Excel (*.xlsx)"_s;
    m_context.prompt->ask(this, question, [this, sheet, pdf, suffix](const Answer &answer) {
        if (!answer.accepted || answer.input.isEmpty())
            return;
        QString file = answer.input;
        if (!file.endsWith(u'.' + suffix, Qt::CaseInsensitive))
            file += u'.' + suffix;
        runExport(m_context, sheet, pdf ? QuoteFormat::Pdf : QuoteFormat::Xlsx, file, this);
    });
}

void QuotePage::openInstance()
{
    const Quote *quote = m_desk->stored();
    if (!quote || !quote->saved())
        return;
    if (!m_instance) {
        m_instance = new InstancePane(m_context, m_right);
        m_right->addWidget(m_instance);
        connect(m_instance, &InstancePane::left, this, [this] { m_right->setCurrentIndex(0); });
        connect(m_instance, &InstancePane::created, this, [this](const QString &id) {
            m_desk->noteInstance(id, m_instanceVersion);
            m_right->setCurrentIndex(0);
        });
    }
    m_instanceVersion = quote->versions.back().number; // what is typed meanwhile is another version's
    m_instance->open(m_desk->content(), m_desk->view().exact);
    m_right->setCurrentWidget(m_instance);
}

bool QuotePage::showForTour(const QString &variant)
{
    if (variant.isEmpty()) {
        m_right->setCurrentIndex(0);
        return true;
    }
    if (variant == "instance"_L1 && m_named[u"instance"_s]->isEnabled()) {
        openInstance();
        return true;
    }
    if (variant != "trouble"_L1 || m_desk->content().parts.empty())
        return false;
    const QuotePart part = m_desk->content().parts.back();
    m_desk->setAmount(part.type, part.model, part.amount * 10);
    return true;
}

} // namespace kboss
