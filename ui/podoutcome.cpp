#include "ui/podoutcome.h"

#include "models/linediff.h"
#include "models/podwords.h"
#include "ui/stocklist.h"
#include "ui/theme.h"
#include "ui/widgets.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTabBar>
#include <QTextBlock>
#include <QVBoxLayout>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

QPlainTextEdit *makeCode(const char *name, Theme *theme, QWidget *parent)
{
    auto *edit = new QPlainTextEdit(parent);
    edit->setObjectName(QLatin1String(name));
    edit->setReadOnly(true);
    edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    edit->setFrameShape(QFrame::NoFrame);
    edit->setFont(theme->monoFont());
    edit->setTabChangesFocus(true);
    edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return edit;
}

} // namespace

PodOutcome::PodOutcome(const AppContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_title(makeLabel({}, "heading", this)), m_verdict(new Chip(context.theme, this)),
      m_age(new Chip(context.theme, this)), m_parts(new StockList(context.theme, this)), m_place(makeLabel({}, "", this)),
      m_nodes(makeLabel({}, "hint", this)), m_unknown(makeLabel({}, "hint", this)), m_service(new Chip(context.theme, this)),
      m_serviceReason(makeLabel({}, "hint", this)), m_tabs(new QTabBar(this)), m_stack(new QStackedWidget(this)),
      m_yamlNote(makeLabel({}, "hint", this)), m_copy(makeButton({}, "quiet", this)), m_yaml(makeCode("podYaml", context.theme, this)),
      m_diff(makeCode("podDiff", context.theme, this)), m_changes(new ChangeList(context.theme, this)), m_noChanges(makeLabel({}, "hint", this)),
      m_changesNote(makeLabel({}, "hint", this))
{
    setProperty("ground", u"panel"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_verdict->setObjectName(u"podVerdict"_s);
    m_place->setObjectName(u"podPlace"_s);
    for (QLabel *label : {m_place, m_nodes, m_unknown, m_serviceReason, m_yamlNote, m_noChanges, m_changesNote})
        label->setWordWrap(true);
    m_place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->addTab({});
    m_tabs->addTab({});
    m_tabs->setTabVisible(1, false);
    m_stack->addWidget(buildYaml());
    m_stack->addWidget(buildChanges());
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(context.theme->size("space-2"), 0, context.theme->size("space-2"), 0);
    tabs->addWidget(m_tabs);
    tabs->addStretch();
    tabs->addWidget(m_copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildCheck());
    column->addWidget(makeLine(this));
    column->addLayout(tabs);
    column->addWidget(makeLine(this));
    column->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_yaml->toPlainText());
        Q_EMIT copied();
    });
    connect(context.theme, &Theme::changed, this, [this] { fillDiff(m_before); });
    retranslate();
}

QWidget *PodOutcome::buildCheck()
{
    const Theme *theme = m_context.theme;
    auto *pane = new QWidget(this);
    auto *head = new QHBoxLayout;
    head->setSpacing(theme->size("space-2"));
    head->addWidget(m_title);
    head->addWidget(m_verdict);
    head->addStretch();
    head->addWidget(m_age);
    auto *service = new QHBoxLayout;
    service->setSpacing(theme->size("space-2"));
    service->addWidget(m_service);
    service->addWidget(m_serviceReason, 1);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(theme->size("space-4"), theme->size("space-2"), theme->size("space-4"), theme->size("space-3"));
    column->setSpacing(theme->size("space-2"));
    column->addLayout(head);
    column->addWidget(m_unknown);
    column->addWidget(m_parts);
    column->addWidget(m_place);
    column->addWidget(m_nodes);
    column->addLayout(service);
    return pane;
}

QWidget *PodOutcome::buildYaml()
{
    auto *pane = new QWidget(this);
    const int side = m_context.theme->size("space-4"), gap = m_context.theme->size("space-2");
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(side, gap, side, side);
    column->setSpacing(gap);
    column->addWidget(m_yamlNote);
    column->addWidget(m_yaml, 1);
    return pane;
}

QWidget *PodOutcome::buildChanges()
{
    auto *pane = new QWidget(this);
    const int side = m_context.theme->size("space-4"), gap = m_context.theme->size("space-2");
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(side, gap, side, side);
    column->setSpacing(gap);
    column->addWidget(m_noChanges);
    column->addWidget(m_changes);
    column->addWidget(m_changesNote);
    column->addWidget(m_diff, 1);
    column->addStretch();
    return pane;
}

void PodOutcome::setAge(Tone tone, const QString &text)
{
    m_age->setChip(tone, text);
}

void PodOutcome::fillParts(const PodCheck &check)
{
    std::vector<StockList::Entry> entries;
    for (const PartLine &line : check.parts) {
        const QString name = partKindName(line.measure->kind) + (line.model.isEmpty() ? QString() : u' ' + line.model);
        entries.push_back({name, partAmount(line.needed, *line.measure), line.sold ? partAmount(line.free, *line.measure) : tr("not sold here"),
                           line.missing > 0 ? partAmount(line.missing, *line.measure) : QString()});
    }
    m_parts->setEntries(std::move(entries));
}

void PodOutcome::setAnswer(const PodCheckRunner &runner, const QStringList &faults, const QString &whyUnknown)
{
    const PodCheckRunner::Answer &answer = runner.answer();
    if (!answer.yaml.isEmpty() && m_yaml->toPlainText() != answer.yaml)
        m_yaml->setPlainText(answer.yaml);
    if (!faults.isEmpty())
        m_verdict->setChip(Tone::Off, tr("Not complete"));
    else if (!answer.check)
        m_verdict->setChip(Tone::Off, tr("Not known"));
    else
        m_verdict->setChip(answer.check->fits ? Tone::Good : Tone::Bad,
                           answer.check->fits                                                             ? tr("Fits")
                               : answer.check->none && answer.check->none->why == NoPlace::Why::NobodyMay ? tr("No node for it")
                               : answer.check->none                                                       ? tr("Does not fit on a node")
                                                                                                          : tr("Not enough stock"));
    m_unknown->setText(!faults.isEmpty() ? tr("Still to see to: %1").arg(faults.join(u", "_s)) : !answer.check ? whyUnknown : QString());
    m_unknown->setVisible(!m_unknown->text().isEmpty());
    const bool shown = faults.isEmpty() && answer.check;
    m_parts->setVisible(shown);
    m_place->setVisible(shown);
    m_nodes->setVisible(shown);
    if (shown) {
        fillParts(*answer.check);
        m_place->setText(kboss::placeText(*answer.check));
        m_nodes->setText(nodesText(*answer.check));
    }
    setService(runner);
    fillDiff(m_before);
}

void PodOutcome::setService(const PodCheckRunner &runner)
{
    using Service = PodCheckRunner::Service;
    const bool local = runner.answer().check && runner.answer().check->fits;
    switch (runner.service()) {
    case Service::Nothing:
        m_service->setChip(Tone::None, {});
        break;
    case Service::Offline:
        m_service->setChip(Tone::Off, tr("Offline: not checked with the service"));
        break;
    case Service::Asking:
        m_service->setChip(Tone::Info, tr("Checking with the service"));
        break;
    case Service::Fits:
        m_service->setChip(local ? Tone::Good : Tone::Warn, local ? tr("The service says the same") : tr("The service has room for it"));
        break;
    case Service::Refuses:
        m_service->setChip(Tone::Bad, tr("The service would refuse it"));
        break;
    case Service::Unknown:
        m_service->setChip(Tone::Off, tr("The service could not be asked"));
        break;
    }
    // Where both say no, the words above say why.
    const bool disagrees = runner.service() == Service::Refuses && (local || !runner.answer().check);
    m_serviceReason->setText(disagrees ? runner.reason() : QString());
    m_service->setToolTip(plainToolTip(runner.service() == Service::Refuses ? runner.reason() : QString()));
}

void PodOutcome::setChanges(bool isChange, const std::vector<ChangeList::Entry> &entries, const QString &yamlBefore)
{
    m_isChange = isChange;
    m_entries = entries;
    m_before = yamlBefore;
    m_changes->setEntries(entries);
    m_noChanges->setVisible(entries.empty());
    m_changesNote->setVisible(!entries.empty());
    m_tabs->setTabVisible(1, isChange);
    m_tabs->setTabText(1, entries.empty() ? tr("Before and after") : tr("Before and after · %1").arg(entries.size()));
    if (!isChange)
        m_tabs->setCurrentIndex(0);
    fillDiff(yamlBefore);
}

void PodOutcome::fillDiff(const QString &before)
{
    const QString after = m_yaml->toPlainText();
    QStringList texts;
    QList<QTextEdit::ExtraSelection> marks;
    std::vector<DiffLine> lines;
    if (m_isChange && !before.isEmpty() && !after.isEmpty())
        lines = lineDiff(before, after);
    for (const DiffLine &line : lines)
        texts << (line.kind == DiffLine::Kind::Out ? u"- "_s : line.kind == DiffLine::Kind::In ? u"+ "_s : u"  "_s) + line.text;
    if (const QString text = texts.join(u'\n'); text != m_diff->toPlainText())
        m_diff->setPlainText(text);
    for (size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].kind != DiffLine::Kind::Out && lines[i].kind != DiffLine::Kind::In)
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_diff->document()->findBlockByNumber(static_cast<int>(i)));
        mark.format.setBackground(m_context.theme->toneGround(lines[i].kind == DiffLine::Kind::Out ? Tone::Bad : Tone::Good));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks << mark;
    }
    m_diff->setExtraSelections(marks);
    m_diff->setVisible(!lines.empty());
}

void PodOutcome::setYamlNote(const QString &note)
{
    m_yamlNote->setText(note);
    m_yamlNote->setVisible(!note.isEmpty());
}

void PodOutcome::showTab(int tab)
{
    m_tabs->setCurrentIndex(tab);
}

QString PodOutcome::verdict() const
{
    return m_verdict->text();
}
QString PodOutcome::placeText() const
{
    return m_place->text();
}
QString PodOutcome::serviceText() const
{
    return m_service->text();
}
QString PodOutcome::yaml() const
{
    return m_yaml->toPlainText();
}
QString PodOutcome::diff() const
{
    return m_diff->toPlainText();
}

void PodOutcome::retranslate()
{
    m_title->setText(tr("Stock and room"));
    m_tabs->setTabText(0, tr("YAML"));
    m_tabs->setAccessibleName(tr("Preview"));
    m_copy->setText(tr("Copy YAML"));
    m_yaml->setAccessibleName(tr("YAML preview"));
    m_yaml->setPlaceholderText(tr("Stands here once everything is filled in."));
    m_diff->setAccessibleName(tr("Changes of the YAML"));
    m_noChanges->setText(tr("Nothing is changed yet."));
    m_changesNote->setText(tr("Before sending, the row is read again and compared. If somebody changed it meanwhile, nothing is overwritten."));
    setChanges(m_isChange, m_entries, m_before);
}

} // namespace kboss
