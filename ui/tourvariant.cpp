#include "ui/tourvariant.h"

#include "ui/actionpages.h"
#include "ui/bulkpane.h"
#include "ui/columnchooser.h"
#include "ui/detailspanel.h"
#include "ui/editpane.h"
#include "ui/filterbar.h"
#include "ui/inlineedit.h"
#include "ui/writecontroller.h"

#include <QAction>
#include <QLineEdit>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

void typeChanges(EditForm *form)
{
    // Something visible in every form: money a little more, else the first text made longer.
    int typed = 0;
    for (const FormField &field : form->fields()) {
        const Result<Money> amount = field.type == FieldType::Money ? parseTypedMoney(form->initialText(field.name), form->currency())
                                                                    : Result<Money>(fail(ErrorKind::Rejected, {}));
        if (!amount || amount->isZero() || typed == 2)
            continue;
        if (const Result<Decimal> more = amount->amount().times(Decimal(2))) {
            form->type(field.name, formatAmount(*more));
            ++typed;
        }
    }
    for (const FormField &field : form->fields()) {
        if (typed == 0 && field.type == FieldType::Text && field.values.empty() && !field.secret) {
            form->type(field.name, form->initialText(field.name) + u" 2"_s);
            ++typed;
        }
    }
}

void showBulk(DataTable *table, DetailsPanel *panel)
{
    table->selectAll();
    QObject::connect(
        panel, &DetailsPanel::modeChanged, panel,
        [panel] {
            if (panel->mode() == DetailsPanel::Mode::Bulk && panel->bulkPane()->isByPercent())
                panel->bulkPane()->setPercent(u"+5"_s);
        },
        Qt::SingleShotConnection);
    panel->openBulk();
}

bool showInline(ResourceView *view)
{
    view->namedAction(u"inline"_s)->trigger();
    QLineEdit *line = view->inlineEdit()->line();
    if (view->inlineEdit()->isOpen()) {
        line->setText(line->text() + u'5');
        Q_EMIT line->textEdited(line->text());
    }
    return view->inlineEdit()->isOpen();
}

} // namespace

bool showVariant(ResourceView *view, DetailsPanel *panel, const QString &variant)
{
    DataTable *table = view->table();
    view->setShowsCards(variant.isEmpty() || variant == "choose"_L1 || variant == "no-scope"_L1 || variant == "details"_L1); // where there are any
    view->filterBar()->closeBuilder();
    view->columnChooser()->hide();
    view->inlineEdit()->leave();
    if (panel->editPane()->isOpen() && panel->editPane()->hasUnsaved())
        panel->editPane()->discard();
    if (variant.isEmpty()) {
        panel->askClose();
        return true;
    }
    if (variant == "table"_L1)
        return view->cards() != nullptr;
    if (variant == "filter"_L1 || variant == "filter-text"_L1) {
        variant == "filter"_L1 ? view->filterBar()->openBuilder() : view->filterBar()->openText();
        return true;
    }
    if (variant == "columns"_L1) {
        view->namedAction(u"columns"_s)->trigger();
        return true;
    }
    if (variant == "create"_L1 && view->writer()->action(u"create"_s)) {
        panel->openCreate();
        return true;
    }
    if (view->feed()->model()->rowCount() == 0)
        return false;
    if (table->currentRow() < 0)
        table->showFirstRow();
    if (variant == "bulk"_L1 && view->namedAction(u"bulk"_s)) {
        showBulk(table, panel);
        return true;
    }
    if (variant == "details"_L1 || variant == "history"_L1) {
        panel->openDetails();
        if (variant == "history"_L1)
            panel->openHistory();
        return true;
    }
    if (variant == "inline"_L1 && view->namedAction(u"inline"_s))
        return showInline(view);
    if (variant.startsWith("act-"_L1) && view->writer()->action(variant.mid(4))) {
        panel->openAction(variant.mid(4));
        return panel->editPane()->isOpen();
    }
    const Action *update = view->writer()->action(u"update"_s);
    if (variant == "edit"_L1 && update && !hasActionPage(*view->feed(), *update)) { // else the editor has pictures of its own
        panel->openEdit();
        if (panel->editPane()->isOpen())
            typeChanges(panel->editPane()->form());
        return panel->editPane()->isOpen();
    }
    return false;
}

} // namespace kboss
