// What views say of prices and stock: lists of stock, states of use, changes in a cell and by percent, price traces, what a list asks for.
#include "app/base/usestate.h"
#include "models/viewcheck.h"

#include <algorithm>

namespace kboss {

using namespace Qt::StringLiterals;

namespace {

class StockChecker {
public:
    StockChecker(const ResourceType &type, ViewFault &fault) : m_type(type), m_fault(fault) { }

    void run()
    {
        for (size_t i = 0; i < m_type.columns.size(); ++i) {
            const QString at = u"/columns/"_s + QString::number(i);
            list(m_type.columns[i], at);
            use(m_type.columns[i], at);
            inlined(m_type.columns[i], at);
        }
        for (size_t i = 0; i < m_type.actions.size(); ++i) {
            const Action &action = m_type.actions[i];
            for (size_t n = 0; n < action.percents.size(); ++n)
                percent(action, action.percents[n], u"/actions/%1/percents/%2"_s.arg(i).arg(n));
        }
        for (size_t i = 0; i < m_type.details.size(); ++i) {
            if (const auto &known = m_type.details[i].trace)
                trace(*known, u"/details/%1/trace"_s.arg(i));
        }
        asked();
    }

private:
    void note(const QString &pointer, const QString &reason) { m_fault.note(pointer, reason); }

    void list(const ColumnSpec &spec, const QString &at)
    {
        const bool listed = spec.format == ColumnFormat::Stocks;
        if (listed != spec.list.has_value())
            note(at + u"/list"_s, listed ? u"is missing"_s : u"only the format stocks has a list"_s);
        if (spec.list && !spec.list->unit.isEmpty() && !m_type.column(spec.list->unit))
            note(at + u"/list/unit"_s, u"there is no column \"%1\""_s.arg(spec.list->unit));
    }

    void use(const ColumnSpec &spec, const QString &at)
    {
        const UseRule rule = UseRule::of(spec.field);
        if (!rule.isSet())
            return;
        for (const auto &[member, field] : {std::pair("/useOf/used"_L1, rule.used), std::pair("/useOf/total"_L1, rule.total)}) {
            const auto *other = m_type.column(field);
            if (!other || (other->field.type != FieldType::Decimal && other->field.type != FieldType::Integer))
                note(at + member, u"there is no column \"%1\" of numbers"_s.arg(field));
        }
        if (spec.field.type != FieldType::Enum)
            note(at + u"/type"_s, u"a state of use is an enum"_s);
        static const QStringList codes{u"none"_s, u"full"_s, u"low"_s, u"unused"_s, u"normal"_s};
        for (const QString &code : codes) {
            if (std::none_of(spec.values.begin(), spec.values.end(), [&](const EnumLabel &value) { return value.value == code; }))
                note(at + u"/values"_s, u"\"%1\" has no word"_s.arg(code));
        }
    }

    void inlined(const ColumnSpec &spec, const QString &at)
    {
        if (spec.inlineAction.isEmpty())
            return;
        const Action *action = m_type.action(spec.inlineAction);
        if (!action)
            note(at + u"/inlineAction"_s, u"there is no action \"%1\""_s.arg(spec.inlineAction));
        else if (!action->needsRow || !action->form.contains(spec.field.id))
            note(at + u"/inlineAction"_s, u"\"%1\" does not change \"%2\" of a row"_s.arg(spec.inlineAction, spec.field.id));
    }

    void percent(const Action &action, const PercentSpec &percent, const QString &at)
    {
        const auto *spec = m_type.column(percent.field);
        if (!spec || spec->field.type != FieldType::Decimal || spec->field.reading != FieldReading::Plain)
            note(at + u"/field"_s, u"\"%1\" is not a decimal column"_s.arg(percent.field));
        if (!action.bulk)
            note(at, u"the action is not for bulk"_s);
        if (!action.form.contains(percent.field) || action.lockedInBulk.contains(percent.field))
            note(at + u"/field"_s, u"\"%1\" is not changed in bulk"_s.arg(percent.field));
        if (percent.decimals > percent.mostDecimals)
            note(at + u"/decimals"_s, u"must not be above mostDecimals"_s);
        if (action.percent(percent.field) != &percent)
            note(at + u"/field"_s, u"\"%1\" is written twice"_s.arg(percent.field));
    }

    void trace(const TraceSpec &trace, const QString &at)
    {
        for (const QString &field : {trace.parts, trace.term, trace.termUnit, trace.cluster}) {
            const auto *spec = m_type.column(field);
            if (!spec || (spec->field.type != FieldType::Text && spec->field.type != FieldType::Enum))
                note(at, u"there is no text column \"%1\""_s.arg(field));
        }
        const auto *price = m_type.column(trace.price);
        if (!price || price->field.type != FieldType::Decimal)
            note(at + u"/price"_s, u"there is no decimal column \"%1\""_s.arg(trace.price));
    }

    void asked()
    {
        for (qsizetype i = 0; i < m_type.asked.size(); ++i) {
            const QString start = m_type.listParameters.value(m_type.asked.at(i));
            if (start.isEmpty() || !placeholders(start).isEmpty())
                note(u"/list/ask/"_s + QString::number(i), u"\"%1\" has no value to begin with among the parameters"_s.arg(m_type.asked.at(i)));
        }
    }

    const ResourceType &m_type;
    ViewFault &m_fault;
};

} // namespace

void checkPricesAndStock(const ResourceType &type, ViewFault &fault)
{
    StockChecker(type, fault).run();
}

} // namespace kboss
