#include "ui/formoffers.h"

#include "ui/editform.h"
#include "ui/errortext.h"
#include "ui/fieldeditor.h"
#include "ui/freshnesstext.h"
#include "ui/pickbox.h"
#include "ui/rowsfeed.h"
#include "ui/specbox.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

FormOffers::FormOffers(const AppContext &context, const FormGround &ground, EditForm *form)
    : QObject(form), m_context(context), m_ground(ground), m_form(form)
{
    for (const FormField &field : form->fields()) {
        if (!field.offer || (!field.offer->pick && !field.offer->parts))
            continue;
        const PickSpec spec =
            field.offer->pick ? *field.offer->pick : PickSpec{field.offer->parts->resource, field.offer->parts->parameters, {}, {}, {}};
        const ResourceType *type = context.resources->find(spec.resource);
        if (!type || (field.offer->pick && !FieldEditor::isChosen(field)))
            continue;
        auto *feed = new RowsFeed(*type, context, this);
        m_picks.push_back({field.name, spec, feed, {}});
        const size_t at = m_picks.size() - 1;
        connect(feed, &RowsFeed::changed, this, [this, at] {
            fill(m_picks[at]);
            m_form->recheck();
        });
    }
}

FormatContext FormOffers::format() const
{
    const QTimeZone zone(m_context.session->profile().timeZone);
    return {zone.isValid() ? zone : QTimeZone::utc(), m_context.clock->nowMs()};
}

void FormOffers::update()
{
    const FormInput input = m_form->input();
    for (const FormField &field : m_form->fields()) {
        PickBox *box = m_form->editor(field.name)->pick();
        if (box && !field.offer->pick) {
            const std::vector<PickChoice> *own = m_form->choicesOf(field.name);
            box->setChoices(own ? *own : suggestedChoices(field, input));
        }
    }
    for (Pick &pick : m_picks) {
        pick.source = pickSource(pick.spec, pick.feed->type(), m_ground, input);
        if (pick.source.isComplete())
            pick.feed->follow(pick.source.parameters, parseFilter(pick.source.filter).value_or(nullptr));
        else
            pick.feed->leave();
        fill(pick);
    }
}

void FormOffers::fill(Pick &pick)
{
    const FieldEditor *editor = m_form->editor(pick.field);
    PickBox *box = editor ? editor->pick() : nullptr;
    SpecBox *parts = editor ? editor->spec() : nullptr;
    const auto field = std::find_if(m_form->fields().begin(), m_form->fields().end(), [&](const FormField &f) { return f.name == pick.field; });
    if ((!box && !parts) || field == m_form->fields().end())
        return;
    if (parts) {
        parts->setWaiting(!pick.feed->isRead());
        parts->setOffers(readOffers(pick.feed->type(), pick.feed->rows()));
        parts->setHint(hintOf(pick, *field));
        return;
    }
    box->setWaiting(!pick.feed->isRead());
    box->setChoices(pick.source.isComplete() ? pickChoices(pick.spec, pick.feed->type(), pick.feed->rows(), format()) : std::vector<PickChoice>());
    box->setHint(hintOf(pick, *field));
}

QString FormOffers::hintOf(const Pick &pick, const FormField &field) const
{
    if (!pick.source.isComplete()) {
        for (const FormField &other : m_form->fields()) {
            if (other.name == pick.source.missing.front())
                return tr("Choose “%1” first").arg(other.label.text());
        }
    }
    const Error error = pick.feed->error();
    if (!pick.feed->isRead() && pick.feed->rows().empty()) {
        if (pick.feed->isOffline())
            return tr("This list was not read yet, and the service cannot be reached");
        if (error.kind == ErrorKind::Cancelled)
            return tr("Reading the list…");
        return tr("The list could not be read: %1").arg(errorText(error, pick.feed->type().title.text()).reason);
    }
    if (pick.feed->rows().empty())
        return field.offer->none.text().isEmpty() ? tr("There is none to choose from") : field.offer->none.text();
    return pick.feed->isOffline() ? freshnessText(pick.feed->freshness(), m_context.clock->nowMs(), true).text : QString();
}

} // namespace kboss
